import type { BSONTypeAlias } from "mongodb"

/**
 * The kinds of BSON in the order in which MongoDB sorts them: https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 * Arrays are not among them: a sort goes by one of their elements.
 */
export const sortedKinds = [
  ["minKey"],
  ["null"],
  ["number"],
  ["string", "symbol"],
  ["object"],
  ["binData"],
  ["objectId"],
  ["bool"],
  ["date"],
  ["timestamp"],
  ["regex"],
  ["dbPointer"],
  ["javascript"],
  ["javascriptWithScope"],
  ["maxKey"],
] as const satisfies readonly (readonly (BSONTypeAlias | "number")[])[]

export type BsonKind = (typeof sortedKinds)[number][0]

/** The kind of a value that is about to be sent. */
export function bsonKindOf(value: unknown): BsonKind {
  switch (typeof value) {
    case "string":
      return "string"
    case "number":
    case "bigint":
      return "number"
    case "boolean":
      return "bool"
    default:
      if (value === null || value === undefined) return "null"
      if (value instanceof Date) return "date"
      return classKinds.get((value as { _bsontype?: string })._bsontype ?? "") ?? "object"
  }
}

/** By the mark that the SDK's classes carry, so that two copies of the package agree. */
const classKinds: ReadonlyMap<string, BsonKind> = new Map<string, BsonKind>([
  ["MinKey", "minKey"],
  ["MaxKey", "maxKey"],
  ["Long", "number"],
  ["Double", "number"],
  ["Int32", "number"],
  ["Decimal128", "number"],
  ["BSONSymbol", "string"],
  ["Binary", "binData"],
  ["ObjectId", "objectId"],
  ["Timestamp", "timestamp"],
  ["BSONRegExp", "regex"],
  ["Code", "javascript"],
])
