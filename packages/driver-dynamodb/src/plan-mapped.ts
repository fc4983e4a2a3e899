import {
  conjuncts,
  equalityOn,
  type FilterNode,
  type FindPlan,
  type Query,
  queryOf,
  type SortKey,
  samePath,
} from "@nosql/core/driver"
import { printFields, printParts } from "./build-request.ts"
import type { DynamoRead, PagesRead } from "./dynamo-read.ts"
import { allOf, type Expression } from "./expression.ts"
import { fitFilter } from "./fit-filter.ts"
import { boundsOf } from "./mapped-bounds.ts"
import { decodeMapped } from "./mapped-codec.ts"
import { keyOfId } from "./mapped-id.ts"
import { combinations, keysOfIds, valuesOf } from "./mapped-keys.ts"
import { type KeyAttribute, keysOfTable, keyValue, type MappedTable } from "./mapped-table.ts"
import { fieldsOf, readFields } from "./read-fields.ts"
import { finish, pageLimit, takeOf, type Unfinished, unitsOf } from "./read-plan.ts"
import type { Attributes } from "./value-codec.ts"

type MappedPlan = FindPlan<DynamoRead>

/** By the table's own keys, else a scan: of its indexes nothing is known. */
export function planMapped(query: Query, table: MappedTable): MappedPlan {
  if (query.filter.kind === "false")
    return plan("key", { kind: "none" }, query, { rest: [], sorted: true }, "the filter matches nothing")
  // A position without a sort is one in the order of a scan.
  if (query.after !== undefined && query.sort.length === 0) return planScan(query, table)
  return planKeys(query, table) ?? planPartition(query, table) ?? planScan(query, table)
}

/** The order of a page without a sort of its own. */
export function mappedPageOrder(filter: FilterNode, table: MappedTable): readonly SortKey[] {
  const { access, native } = planMapped(queryOf(filter), table)
  if (access === "scan") return []
  const name = native.kind === "pages" ? (table.sort?.name ?? "_id") : "_id"
  return [{ path: [name], direction: 1 }]
}

function plan(
  access: "key" | "scan",
  native: DynamoRead,
  query: Query,
  unfinished: Unfinished,
  reason: string,
): MappedPlan {
  const { projection } = query
  // More is read than asked: the keys, which make the `_id`.
  const remaining = { ...finish(query, unfinished), ...(projection === undefined ? {} : { projection }) }
  return { access, native, remaining, reasons: [reason] }
}

/** Items whose whole keys are given. */
function planKeys(query: Query, table: MappedTable): MappedPlan | undefined {
  const { filter } = query
  const id = equalityOn(filter, ["_id"])
  const parts = keysOfTable(table).map(({ name }) => equalityOn(filter, [name]))
  const nodes = id !== undefined ? [id] : parts.filter((part) => part !== undefined)
  if (id === undefined && nodes.length < parts.length) return undefined
  const keys = id !== undefined ? keysOfIds(valuesOf(id), table) : combinations(nodes.map(valuesOf), table)
  if (keys === undefined) return undefined
  const rest = conjuncts(filter).filter((node) => !nodes.includes(node as never))
  const sorted = query.sort.length === 0 || (keys.length < 2 && query.after === undefined)
  const options = {
    ...printFields(fieldsToRead(query, rest, table)),
    ConsistentRead: query.consistency !== "eventual",
  }
  const units = unitsOf(options.ConsistentRead)
  const [key, ...more] = keys
  const unfinished = { rest, sorted }
  if (key === undefined)
    return plan("key", { kind: "none" }, query, unfinished, "no document can have such a key")
  if (more.length === 0) {
    const input = { TableName: table.table, Key: key, ...options }
    return plan(
      "key",
      { kind: "item", input },
      query,
      unfinished,
      `the key is given: one GetItem, ${units} of each document`,
    )
  }
  const ids = keys.map((each) => decodeMapped(each, table)["_id"] as string)
  return plan(
    "key",
    { kind: "items", table: table.table, ids, options },
    query,
    unfinished,
    `${ids.length} keys are given: BatchGetItem, ${units} of each document`,
  )
}

/** One partition, of which the sort key may bound a part, in the order of that key. */
function planPartition(query: Query, table: MappedTable): MappedPlan | undefined {
  const { partition, sort } = table
  const equal = equalityOn(query.filter, [partition.name])
  if (sort === undefined || equal?.kind !== "compare") return undefined
  const head = keyValue(partition, equal.value)
  if (head === undefined)
    return plan("key", { kind: "none" }, query, { rest: [], sorted: true }, "no document can have such a key")
  const bounds = boundsOf(query.filter, sort)
  const left = conjuncts(query.filter).filter((node) => node !== equal && !bounds.nodes.has(node))
  // DynamoDB takes no key in the filter of a query.
  const { expression, rest } = fit(left, [...keysOfTable(table).map(({ name }) => name), "_id"])
  const order = orderOf(query, partition, sort)
  const start = startOf(query, head, table)
  // A start outside the bounds would be refused.
  const sorted =
    order !== undefined && (query.after === undefined || (start !== undefined && bounds.nodes.size === 0))
  const unfinished = { rest, sorted }
  const take = takeOf(query, unfinished)
  const fields = fieldsToRead(query, rest, table)
  const consistent = query.consistency !== "eventual"
  const key: Expression = { kind: "compare", operator: "=", path: [partition.name], value: head }
  const native: PagesRead = {
    kind: "pages",
    operation: "Query",
    input: {
      TableName: table.table,
      ...printParts({
        key: allOf([key, ...(bounds.condition === undefined ? [] : [bounds.condition])]) ?? key,
        ...(expression === undefined ? {} : { filter: expression }),
        ...(fields === undefined ? {} : { fields }),
      }),
      ConsistentRead: consistent,
      ...(sorted && order === "backward" ? { ScanIndexForward: false } : {}),
      ...pageLimit(query, left.length > 0, sorted),
      ...(sorted && start !== undefined ? { ExclusiveStartKey: start } : {}),
    },
    filtered: left.length > 0,
    ...(take === undefined ? {} : { take }),
  }
  return plan(
    "key",
    native,
    query,
    unfinished,
    `the partition is given: one Query of the table, ${unitsOf(consistent)} read`,
  )
}

/** In a partition no two documents have one sort key, so that what a sort names behind it decides nothing. */
function orderOf(
  { sort: keys }: Query,
  partition: KeyAttribute,
  sort: KeyAttribute,
): "forward" | "backward" | undefined {
  if (keys.length === 0) return "forward"
  const [first] = keys.filter(({ path }) => !samePath(path, [partition.name]))
  if (first === undefined || !samePath(first.path, [sort.name])) return undefined
  return first.direction === 1 ? "forward" : "backward"
}

/** The key of the position; it need not be there. */
function startOf(
  { sort: keys, after }: Query,
  head: Attributes[string],
  { partition, sort }: MappedTable,
): Attributes | undefined {
  if (after === undefined || sort === undefined) return undefined
  const value = keyValue(sort, after[keys.findIndex(({ path }) => samePath(path, [sort.name]))])
  return value === undefined ? undefined : { [partition.name]: head, [sort.name]: value }
}

function planScan(query: Query, table: MappedTable): MappedPlan {
  const filters = conjuncts(query.filter)
  const { expression, rest } = fit(filters, ["_id"])
  const unfinished = { rest, sorted: query.sort.length === 0 }
  const take = takeOf(query, unfinished)
  const fields = fieldsToRead(query, rest, table)
  const consistent = query.consistency !== "eventual"
  const [last] = query.sort.length === 0 ? (query.after ?? []) : []
  const start = typeof last === "string" ? keyOfId(last, table) : undefined
  const native: PagesRead = {
    kind: "pages",
    operation: "Scan",
    input: {
      TableName: table.table,
      ...printParts({
        ...(expression === undefined ? {} : { filter: expression }),
        ...(fields === undefined ? {} : { fields }),
      }),
      ConsistentRead: consistent,
      ...pageLimit(query, filters.length > 0, unfinished.sorted),
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    },
    filtered: filters.length > 0,
    ...(take === undefined ? {} : { take }),
  }
  const why =
    filters.length === 0 && unfinished.sorted
      ? "everything is read"
      : `only an equality on "${table.partition.name}", its partition key, or on _id avoids it`
  return plan("scan", native, query, unfinished, `${why}: Scan, ${unitsOf(consistent)} of the whole table`)
}

/** What DynamoDB is asked, less what it cannot be asked of these attributes: `_id` is none. */
function fit(filters: readonly FilterNode[], kept: readonly string[]) {
  const own = filters.filter((node) => fieldsOf(node).some((field) => kept.includes(field)))
  const { expression, rest } = fitFilter(filters.filter((node) => !own.includes(node)))
  return { expression, rest: [...own, ...rest] }
}

/** The keys make the `_id`, so that they are read in its place. */
function fieldsToRead(
  { projection, sort }: Query,
  rest: readonly FilterNode[],
  table: MappedTable,
): readonly string[] | undefined {
  const fields = readFields(projection, rest, sort)?.filter((field) => field !== "_id")
  return fields && [...new Set([...keysOfTable(table).map(({ name }) => name), ...fields])]
}
