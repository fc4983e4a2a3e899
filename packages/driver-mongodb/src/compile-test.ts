import { assertNever, type TypeName } from "@nosql/contracts"
import {
  type CollectionInfo,
  type CompareNode,
  type ExistsNode,
  formatPath,
  type ModNode,
  parseRegex,
  prefixBounds,
  printPcre,
  type RegexNode,
  type SizeNode,
  type StartsWithNode,
  type TypeNode,
} from "@nosql/core/driver"
import type { Document as BsonDocument } from "mongodb"
import { isReference } from "./declared-values.ts"
import { encodeValue } from "./encode-value.ts"

/** Where in a filter a node stands. */
export interface Site {
  readonly collection: CollectionInfo
  /** What comes before the node's path in that of the document; empty at its top. */
  readonly within: string
}

/** The filters that ask one path one thing, which MongoDB has an operator for. */
type TestNode = CompareNode | ExistsNode | TypeNode | RegexNode | StartsWithNode | ModNode | SizeNode

/** The operators for a test, exact on every value. */
export function compileTest(node: TestNode, { collection, within }: Site): BsonDocument {
  const path = within + formatPath(node.path)
  const encode = (value: CompareNode["value"]) => encodeValue(value, path, collection)
  switch (node.kind) {
    case "compare":
      return { [`$${node.operator}`]: encode(node.value) }
    case "exists":
      return { $exists: true }
    case "type":
      return compileType(node.type, isReference(path, collection), node.path.length === 0)
    case "regex":
      return { $regex: printPcre(parseRegex(node.pattern, node.flags)) }
    case "startsWith": {
      const { low, high } = prefixBounds(node.prefix)
      return { $gte: low, ...(high === undefined ? {} : { $lt: high }) }
    }
    case "mod":
      return { $mod: [encode(node.divisor), encode(node.remainder)] }
    case "size":
      return { $size: node.size }
    default:
      return assertNever(node)
  }
}

/** Decimal128 and ObjectId are left out: they read as native values, which have no kind of the language. */
const bsonTypes = {
  string: ["string"],
  number: ["double", "int", "long"],
  boolean: ["bool"],
  null: ["null"],
  date: ["date"],
  binary: ["binData"],
  array: ["array"],
  object: ["object"],
} as const satisfies Record<TypeName, readonly string[]>

/** The operand of MongoDB's `$type` for one of several kinds. */
export function compileTypes(types: readonly TypeName[]): string | readonly string[] {
  const [only, ...more] = types.flatMap((type) => bsonTypes[type])
  return only !== undefined && more.length === 0 ? only : types.flatMap((type) => bsonTypes[type])
}

/** Of an array MongoDB asks the elements as well, save for `array`; of an element that is an array it asks no more. */
function compileType(type: TypeName, reference: boolean, ofElement: boolean): BsonDocument {
  const stored = type === "string" && reference ? ["string", "objectId", "binData"] : compileTypes([type])
  return type === "array" || ofElement ? { $type: stored } : { $type: stored, $not: { $type: "array" } }
}
