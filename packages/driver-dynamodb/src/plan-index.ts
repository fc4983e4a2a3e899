import type { Value } from "@nosql/contracts"
import { compareForSort, conjuncts, type Query, type SortKey, samePath } from "@nosql/core/driver"
import { printParts } from "./build-request.ts"
import type { DynamoRead, PagesRead } from "./dynamo-read.ts"
import { encodeTuple } from "./encode-tuple.ts"
import { allOf, type Expression } from "./expression.ts"
import { fitFilter } from "./fit-filter.ts"
import { partitionKey, shardKey } from "./index-key.ts"
import { gsiName, indexAttributeNames } from "./index-names.ts"
import type { IndexUse } from "./index-use.ts"
import { bytesBehind, compareBytes } from "./key-bytes.ts"
import { intersection, type KeyRange, rangeBehind, rangeOfNode, rangeOfPrefix } from "./key-range.ts"
import { readFields } from "./read-fields.ts"
import { finish, pageLimit, type ReadPlan, shardLimit, takeOf, unitsOf } from "./read-plan.ts"
import type { TableState } from "./table-state.ts"

/** By an index: a Query for each partition, merged in the sort's order where there are several. */
export function planIndex(query: Query, use: IndexUse, { table }: Pick<TableState, "table">): ReadPlan {
  const sorted = use.order !== undefined
  const filters = conjuncts(query.filter).filter((node) => !use.answered.has(node))
  const { expression, rest } = fitFilter(filters)
  const unfinished = { rest, sorted }
  const take = takeOf(query, unfinished)
  const filtered = filters.length > 0
  const fields = readFields(query.projection, rest, query.sort)
  const reads = partitionsOf(use, query).map((partition): PagesRead => {
    const key = keyCondition(use, partition)
    const input = {
      TableName: table,
      IndexName: gsiName(use.index.name),
      ...printParts({
        key,
        ...(expression === undefined ? {} : { filter: expression }),
        ...(fields === undefined ? {} : { fields }),
      }),
      ...(use.order === "backward" ? { ScanIndexForward: false } : {}),
      ...shardLimit(pageLimit(query, filtered, sorted), filtered, use.layout.shards),
    }
    return { kind: "pages", operation: "Query", input, filtered, ...(take === undefined ? {} : { take }) }
  })
  return {
    access: "index",
    index: use.index.name,
    eventual: true,
    native: joined(reads, sorted ? query.sort : [], take),
    remaining: finish(query, unfinished),
    reasons: [
      `index "${use.index.name}" serves the query: ${reads.length} Quer${reads.length === 1 ? "y" : "ies"}, ${unitsOf(false)} read`,
      ...(sorted ? [] : ["the index has another order than the sort: it is sorted in this process"]),
    ],
  }
}

function joined(reads: readonly PagesRead[], sort: readonly SortKey[], take: number | undefined): DynamoRead {
  const [only] = reads
  if (only === undefined) return { kind: "none" }
  if (reads.length === 1) return only
  return { kind: "several", reads, sort, overlapping: false, ...(take === undefined ? {} : { take }) }
}

/** A part of a partition that is read by one Query. */
interface Partition {
  readonly hash: Uint8Array
  readonly range: KeyRange
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys */
const maxHashBytes = 2048
const maxRangeBytes = 1024

function partitionsOf(use: IndexUse, query: Query): Partition[] {
  const { layout, combinations } = use
  return combinations.flatMap((values) => {
    const range = rangeIn(use, values, query)
    if (range === undefined) return []
    const hashes =
      layout.hash.length > 0
        ? [partitionKey(values.slice(0, layout.hash.length))]
        : Array.from({ length: layout.shards }, (_, shard) => shardKey(shard))
    // No document with a longer key could be written.
    return hashes.filter((hash) => hash.length <= maxHashBytes).map((hash) => ({ hash, range }))
  })
}

/** The keys of one combination of fixed values, within the ranges, behind the position; undefined where there can be none. */
function rangeIn(
  { layout, open, fixed, ranges, order }: IndexUse,
  values: readonly Value[],
  { sort, after }: Query,
): KeyRange | undefined {
  const hashed = layout.hash.length
  const head = encodeTuple(
    values.slice(hashed),
    layout.range.slice(0, values.length - hashed).map(({ direction }) => direction),
  )
  const [next] = open
  const parts: (KeyRange | undefined)[] = [rangeOfPrefix(head)]
  if (next !== undefined) {
    const place = { head, direction: next.direction, last: open.length === 1 }
    parts.push(...ranges.map((node) => rangeOfNode(node, place)))
  }
  if (after !== undefined && order !== undefined) {
    const fixedAt = ({ path }: SortKey) => {
      const at = fixed.findIndex((other) => samePath(other, path))
      return at === -1 ? undefined : { value: values[at] ?? null }
    }
    const position = { sort, after, fixed: fixedAt, compare: compareForSort }
    parts.push(rangeBehind(position, { head, backward: order === "backward", range: open }))
  }
  const present = parts.filter((part) => part !== undefined)
  return present.length < parts.length ? undefined : intersection(present)
}

function keyCondition({ index }: IndexUse, { hash, range }: Partition): Expression {
  const names = indexAttributeNames(index)
  const partition: Expression = { kind: "compare", operator: "=", path: [names.hash], value: { B: hash } }
  const within = rangeCondition(names.range, range)
  return (within === undefined ? undefined : allOf([partition, within])) ?? partition
}

/** One condition at most. A bound that is longer than any key is cut: no key lies between the two. */
function rangeCondition(name: string, { low, high }: KeyRange): Expression | undefined {
  const path = [name]
  const from = low?.subarray(0, maxRangeBytes)
  const to = high?.subarray(0, maxRangeBytes)
  if (from !== undefined && to !== undefined) {
    if (compareBytes(bytesBehind(from), to) === 0)
      return { kind: "call", name: "begins_with", path, value: { B: from } }
    return { kind: "between", path, low: { B: from }, high: { B: to } }
  }
  if (from !== undefined) return { kind: "compare", operator: ">=", path, value: { B: from } }
  return to === undefined ? undefined : { kind: "compare", operator: "<=", path, value: { B: to } }
}
