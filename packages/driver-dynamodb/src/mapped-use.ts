import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Value } from "@nosql/contracts"
import {
  type CollectionInfo,
  equalityOn,
  type FilterNode,
  type Query,
  type SortKey,
  samePath,
} from "@nosql/core/driver"
import { boundsOf, isBound, type KeyBounds, unbounded } from "./mapped-bounds.ts"
import { fieldsToRead } from "./mapped-fields.ts"
import { valuesOf } from "./mapped-keys.ts"
import { isThere } from "./mapped-presence.ts"
import {
  type KeyAttribute,
  keysOfTable,
  keyValue,
  type MappedIndex,
  type MappedKeys,
  type MappedTable,
} from "./mapped-table.ts"

/** How a key of a mapped table, or of an index of it, serves a query. */
export interface MappedUse {
  readonly keys: MappedKeys
  /** Undefined: the table itself, in whose partitions no two documents have one sort key. */
  readonly index?: MappedIndex
  /** A Query for each, or for each with each of `tails`. */
  readonly heads: readonly AttributeValue[]
  /** The values of the sort key, where the filter fixes it. */
  readonly tails?: readonly AttributeValue[]
  readonly bounds: KeyBounds
  /** Which way the sort key goes in the sort's order; undefined where that is another, or does not go on at the position. */
  readonly order: "forward" | "backward" | undefined
  /** Documents of one sort key are brought in the sort's order here, and what is not behind the position is left out. */
  readonly settle: boolean
  /** The conditions that the keys fulfil exactly. */
  readonly answered: ReadonlySet<FilterNode>
}

/** More requests than this are not made for one query. */
const maxQueries = 100
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys */
const maxPartitionBytes = 2048
const maxSortBytes = 1024

/** The one that fixes the most; the table itself where an index does no more, because it may be read strongly. */
export function chooseUse(
  query: Query,
  table: MappedTable,
  collection: CollectionInfo,
): MappedUse | undefined {
  const { hint } = query
  const ways: readonly (MappedIndex | undefined)[] =
    hint === undefined ? [undefined, ...table.indexes] : table.indexes.filter(({ name }) => name === hint)
  let best: MappedUse | undefined
  for (const index of ways) {
    if (index !== undefined && indexProblem(query, index, table, collection) !== undefined) continue
    const use = useOf(query, table, index)
    if (use !== undefined && (best === undefined || worthOf(use, query) > worthOf(best, query))) best = use
  }
  return best
}

function worthOf({ tails, bounds, order, heads }: MappedUse, { sort }: Query): number {
  const within = tails !== undefined ? 2 : bounds.condition !== undefined || bounds.empty ? 1 : 0
  return within + (sort.length > 0 && order !== undefined ? 1 : 0) - (heads.length > 1 ? 0.25 : 0)
}

/** Why an index whose partition the filter names does not hold all that the query asks; undefined: it does, or the partition is not named. */
export function indexProblem(
  query: Query,
  index: MappedIndex,
  table: MappedTable,
  collection: CollectionInfo,
): string | undefined {
  const { filter, consistency } = query
  const { partition, sort, kind, name, projects } = index
  const equal = equalityOn(filter, [partition.name])
  if (equal === undefined) return undefined
  if (consistency === "strong" && kind === "global")
    return `consistency "strong" avoids index "${name}", which is read eventually`
  const ofTable = keysOfTable(table).map((key) => key.name)
  if (!ofTable.includes(partition.name) && valuesOf(equal).includes(null))
    return `index "${name}" does not hold what lacks ${partition.name}, which null finds`
  if (sort !== undefined && !ofTable.includes(sort.name) && !isThere(filter, sort, collection))
    return `index "${name}" holds only what has ${sort.name}: say so in the filter ({ ${sort.name}: { $exists: true } }) or in the declaration's fields`
  if (projects === "all") return undefined
  const held = new Set([...projects, ...ofTable, partition.name, sort?.name, "_id"])
  const needed = fieldsToRead(query, [filter], table)
  const lacking = needed?.filter((field) => !held.has(field))
  if (lacking?.length === 0) return undefined
  return `index "${name}" projects ${lacking === undefined ? "not all attributes: name those that you need by a projection" : `no ${lacking.join(", ")}`}`
}

/** Undefined where the filter does not name the partition. */
function useOf(query: Query, table: MappedTable, index: MappedIndex | undefined): MappedUse | undefined {
  const keys: MappedKeys = index ?? table
  const { partition, sort } = keys
  const equal = equalityOn(query.filter, [partition.name])
  if (equal === undefined || (index === undefined && sort === undefined)) return undefined
  const heads = keyValues(valuesOf(equal), partition, maxPartitionBytes)
  if (heads.length > maxQueries) return undefined
  const unique = index === undefined && heads.length === 1
  const reached = { keys, ...(index === undefined ? {} : { index }), heads }
  const within = sort && equalityOn(query.filter, [sort.name])
  const tails = within && sort && keyValues(valuesOf(within), sort, maxSortBytes)
  if (within !== undefined && tails !== undefined && heads.length * tails.length <= maxQueries) {
    const rest = unfixed(query.sort, [partition, sort as KeyAttribute])
    const order = rest.length === 0 && query.after === undefined ? "forward" : undefined
    return { ...reached, tails, bounds: unbounded, order, settle: false, answered: new Set([equal, within]) }
  }
  const rest = unfixed(query.sort, [partition])
  const order = orderOf(rest, sort)
  const place = positionIn(query, sort, order)
  const position = place === undefined ? undefined : { ...place, open: unique }
  const bounds = sort === undefined ? unbounded : boundsOf(query.filter, sort, position)
  const sorted = order !== undefined && (query.after === undefined || position !== undefined)
  const tied = index !== undefined && rest.length > 1
  return {
    ...reached,
    bounds,
    order: sorted ? order : undefined,
    settle: sorted && (tied || (query.after !== undefined && !bounds.behind)),
    answered: new Set([equal, ...bounds.answered]),
  }
}

function keyValues(values: readonly Value[], key: KeyAttribute, most: number): AttributeValue[] {
  const found = new Map<string, AttributeValue>()
  for (const value of values) {
    const attribute = keyValue(key, value)
    if (attribute === undefined || (attribute.B?.length ?? Buffer.byteLength(attribute.S ?? "")) > most)
      continue
    found.set(attribute.S ?? attribute.N ?? Buffer.from(attribute.B ?? []).toString("base64"), attribute)
  }
  return [...found.values()]
}

/** What one value stands at for all documents of a Query decides nothing. */
function unfixed(sort: readonly SortKey[], fixed: readonly KeyAttribute[]): readonly SortKey[] {
  return sort.filter(({ path }) => !fixed.some(({ name }) => samePath(path, [name])))
}

/** Bytes have no order in the language. */
function orderOf(rest: readonly SortKey[], sort: KeyAttribute | undefined): MappedUse["order"] {
  const [first] = rest
  if (first === undefined) return "forward"
  if (sort === undefined || sort.type === "B" || !samePath(first.path, [sort.name])) return undefined
  return first.direction === 1 ? "forward" : "backward"
}

/** Undefined: there is none, or none that a key can have. */
function positionIn({ sort: keys, after }: Query, sort: KeyAttribute | undefined, order: MappedUse["order"]) {
  if (after === undefined || sort === undefined || order === undefined) return undefined
  const value = after[keys.findIndex(({ path }) => samePath(path, [sort.name]))]
  return isBound(value, sort) ? { value: value as Value, backward: order === "backward" } : undefined
}
