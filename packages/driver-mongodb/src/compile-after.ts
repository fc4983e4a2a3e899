import type { FieldKind, Value } from "@nosql/contracts"
import {
  type CollectionInfo,
  type Declaration,
  declarationAt,
  type FieldPath,
  formatPath,
  type SortKey,
} from "@nosql/core/driver"
import { type Document as BsonDocument, MinKey } from "mongodb"
import { type BsonKind, bsonKindOf, sortedKinds } from "./bson-kinds.ts"
import { equalsNull, mayIndex } from "./compile-null.ts"
import { encodeValue } from "./encode-value.ts"

/**
 * The documents strictly behind a position in MongoDB's order: (a behind x) or (a = x and b behind y) or …
 * A range of MongoDB's sees its operand's kind alone, so the kinds behind it are named beside it.
 */
export function compileAfter(
  sort: readonly SortKey[],
  after: readonly Value[],
  collection: CollectionInfo,
): BsonDocument {
  const ties: BsonDocument[] = []
  const arms: BsonDocument[] = []
  for (const [i, { path, direction }] of sort.entries()) {
    const value = encodeValue(after[i] ?? null, formatPath(path), collection)
    const behind = direction === 1 ? above(path, value, collection) : below(path, value, collection)
    arms.push(...behind.map((arm) => (ties.length === 0 ? arm : { $and: [...ties, arm] })))
    ties.push(value === null && mayIndex(path) ? equalsNull(path) : { [formatPath(path)]: value })
  }
  const [only] = arms
  if (only === undefined) return { $nor: [{}] }
  return arms.length === 1 ? only : { $or: arms }
}

function above(path: FieldPath, value: unknown, collection: CollectionInfo): BsonDocument[] {
  const key = formatPath(path)
  if (value === null) return [mayIndex(path) ? { $nor: [equalsNull(path)] } : { [key]: { $ne: null } }]
  const behind = { [key]: { $gt: value } }
  return singleKind(key, collection) !== undefined
    ? [behind]
    : [behind, ...ofKinds(key, kindsBetween(bsonKindOf(value)))]
}

function below(path: FieldPath, value: unknown, collection: CollectionInfo): BsonDocument[] {
  const key = formatPath(path)
  const declared = singleKind(key, collection)
  if (value === null) return declared !== undefined ? [] : [{ [key]: { $in: lowest } }]
  const behind = { [key]: { $lt: value } }
  if (declared !== undefined)
    return declared.nullable || declared.optional ? [behind, ...lowestAt(path, [])] : [behind]
  const kind = bsonKindOf(value)
  // NaN is the least of numbers, and no range finds it.
  const last = kind === "number" ? [Number.NaN, ...lowest] : lowest
  return [behind, ...ofKinds(key, kindsBetween("null", kind)), ...lowestAt(path, last)]
}

/** What MongoDB puts before null. An empty array has no element to go by. */
const lowest: readonly unknown[] = [[], new MinKey()]

function lowestAt(path: FieldPath, others: readonly unknown[]): BsonDocument[] {
  const key = formatPath(path)
  if (mayIndex(path)) return [equalsNull(path), ...(others.length === 0 ? [] : [{ [key]: { $in: others } }])]
  return [{ [key]: others.length === 0 ? null : { $in: [null, ...others] } }]
}

function ofKinds(key: string, kinds: readonly string[]): BsonDocument[] {
  return kinds.length === 0 ? [] : [{ [key]: { $type: kinds } }]
}

/** The kinds strictly between two, or behind one. */
function kindsBetween(low: BsonKind, high?: BsonKind): readonly string[] {
  const rank = (kind: BsonKind) => sortedKinds.findIndex(([first]) => first === kind)
  return sortedKinds.slice(rank(low) + 1, high === undefined ? undefined : rank(high)).flat()
}

/** The kinds of sort keys that MongoDB keeps as one of its own: an id is an ObjectId or a string. */
const singleKinds: ReadonlySet<FieldKind> = new Set(["string", "number", "bigint", "boolean", "date"])

/** What is declared at a path, where all values there are of one kind, null aside. */
function singleKind(key: string, collection: CollectionInfo): Declaration | undefined {
  const declared = declarationAt(collection, key)
  return declared !== undefined && singleKinds.has(declared.kind) ? declared : undefined
}
