import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import { type Document, NoSQLError, type Value } from "@nosql/contracts"
import {
  type FieldPath,
  formatPath,
  getPath,
  hashValue,
  type IndexInfo,
  kindOf,
  type ValueKind,
} from "@nosql/core/driver"
import { encodePart, encodeTuple } from "./encode-tuple.ts"
import { indexLayout } from "./index-layout.ts"
import { hashText, indexAttributeNames } from "./index-names.ts"
import { concatBytes } from "./key-bytes.ts"

/** Where a call stands, for the error that names it. */
export interface KeyContext {
  readonly operation: string
  readonly collection?: string
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys */
const maxHashBytes = 2048
const maxRangeBytes = 1024

/** A document's places in indexes, as attributes of its item. One that lacks keys has a place, too: missing sorts as null. */
export function indexAttributes(
  document: Document,
  indexes: readonly IndexInfo[],
  context: KeyContext,
): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {}
  for (const index of indexes) {
    const { hash, range, shards } = indexLayout(index)
    const names = indexAttributeNames(index)
    const hashKey =
      hash.length === 0
        ? shardKey(shardOf(document["_id"] as string, shards))
        : partitionKey(hash.map((path) => getPath(document, path)))
    const rangeKey = encodeTuple(
      range.map(({ path }) => getPath(document, path)),
      range.map(({ direction }) => direction),
    )
    if (hashKey.length > maxHashBytes)
      throw keyError(document, index, hash, hashKey.length, maxHashBytes, context)
    if (rangeKey.length > maxRangeBytes) {
      const paths = range.map(({ path }) => path)
      throw keyError(document, index, paths, rangeKey.length, maxRangeBytes, context)
    }
    attributes[names.hash] = { B: hashKey }
    attributes[names.range] = { B: rangeKey }
  }
  return attributes
}

/** The partition of documents with these values at an index's hash. */
export function partitionKey(values: readonly (Value | undefined)[]): Uint8Array {
  return encodeTuple(
    values,
    values.map(() => 1 as const),
  )
}

/** The partition that is a shard of an index without a hash. */
export function shardKey(shard: number): Uint8Array {
  return encodePart(shard, 1)
}

function shardOf(id: string, shards: number): number {
  return hashText(id) % shards
}

/** The key of the sentinel that holds a document's values in a unique index; undefined where it lacks one and so is exempt. */
export function uniqueKey(document: Document, index: IndexInfo, context: KeyContext): string | undefined {
  const values: Value[] = []
  for (const { path } of index.keys) {
    const value = getPath(document, path)
    if (value === undefined) return undefined
    values.push(value)
  }
  const key = uniqueKeyOf(values, index)
  const paths = index.keys.map(({ path }) => path)
  if (key.length > maxHashBytes) throw keyError(document, index, paths, key.length, maxHashBytes, context)
  return key
}

/** The key of the sentinel for values of a unique index's keys. */
export function uniqueKeyOf(values: readonly Value[], index: IndexInfo): string {
  const bytes = concatBytes(values.map(uniquePart))
  return `u#${index.name}#${Buffer.from(bytes).toString("base64url")}`
}

/** These have no order, but they have equality. */
const unorderedKinds: ReadonlySet<ValueKind> = new Set(["array", "object", "binary", "native"])

function uniquePart(value: Value): Uint8Array {
  const part = encodePart(value, 1)
  return unorderedKinds.has(kindOf(value)) ? concatBytes([part, encodePart(hashValue(value), 1)]) : part
}

/** Names the path whose value takes the most room. */
function keyError(
  document: Document,
  index: IndexInfo,
  paths: readonly FieldPath[],
  size: number,
  limit: number,
  { operation, collection }: KeyContext,
): NoSQLError {
  const sizes = paths.map((path) => encodePart(getPath(document, path), 1).length)
  const longest = formatPath(paths[sizes.indexOf(Math.max(...sizes))] ?? ["_id"])
  return new NoSQLError(
    "invalid-argument",
    `${operation} at "${longest}": the key of index "${index.name}" would be ${size} bytes; DynamoDB takes ${limit}: shorten the value, or index another field`,
    {
      operation,
      backend: "dynamodb",
      path: longest,
      ...(collection === undefined ? {} : { collection }),
      details: { index: index.name, size, limit },
    },
  )
}
