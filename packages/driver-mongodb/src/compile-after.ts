import type { Value } from "@nosql/contracts"
import { type CollectionInfo, type FieldPath, formatPath, type SortKey } from "@nosql/core/driver"
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
  return isDeclared(key, collection) ? [behind] : [behind, ...ofKinds(key, kindsBetween(bsonKindOf(value)))]
}

function below(path: FieldPath, value: unknown, collection: CollectionInfo): BsonDocument[] {
  const key = formatPath(path)
  const declared = isDeclared(key, collection)
  if (value === null) return declared ? [] : [{ [key]: { $in: lowest } }]
  const behind = { [key]: { $lt: value } }
  if (declared) return [behind, ...(mayBeNull(key, collection) ? lowestAt(path, []) : [])]
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

/** Whether all values at a path are of one kind, null aside, because the collection declares it. */
function isDeclared(key: string, { fields }: CollectionInfo): boolean {
  return Object.hasOwn(fields, key) && /^(?:string|number|bigint|boolean|date)\b/.test(fields[key] ?? "")
}

function mayBeNull(key: string, { fields }: CollectionInfo): boolean {
  return /\|null|\?$/.test(fields[key] ?? "")
}
