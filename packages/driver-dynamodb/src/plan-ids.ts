import {
  compareForSort,
  conjuncts,
  equalityOn,
  type FilterNode,
  isIdPath,
  type Query,
} from "@nosql/core/driver"
import { printFields } from "./build-request.ts"
import type { DynamoRead } from "./dynamo-read.ts"
import { idKey } from "./item-codec.ts"
import { readFields } from "./read-fields.ts"
import { finish, type ReadPlan, unitsOf } from "./read-plan.ts"
import type { TableState } from "./table-state.ts"

/** No document has a longer `_id`: docs/semantics.md, §2. */
const maxIdBytes = 512
const idsPerRequest = 100

/** By the table's key: a read of one item, or of several at once. The rest of the filter is core's: these requests take none. */
export function planIds(query: Query, { table }: Pick<TableState, "table">): ReadPlan | undefined {
  const node = equalityOn(query.filter, ["_id"])
  if (node === undefined) return undefined
  const ids = possibleIds(node.kind === "in" ? node.values : [node.value])
  const rest = conjuncts(query.filter).filter((other) => other !== node)
  const byId = query.sort.length > 0 && isIdPath(query.sort[0]?.path ?? [])
  const ordered = query.sort.length === 0 || byId || (ids.length < 2 && query.after === undefined)
  const wanted = byId ? behind(ids, query) : ids
  const { native, reasons } = readOf(wanted, query, rest, table)
  return { access: "key", native, reasons, remaining: finish(query, { rest, sorted: ordered }) }
}

function possibleIds(values: readonly unknown[]): string[] {
  const ids = values.filter((value): value is string => typeof value === "string" && value !== "")
  return [...new Set(ids)].filter((id) => Buffer.byteLength(id) <= maxIdBytes)
}

/** The ids behind the position, in the order of the sort by `_id`. */
function behind(ids: readonly string[], { sort, after }: Query): string[] {
  const direction = sort[0]?.direction ?? 1
  const last = after?.[0]
  const sorted = [...ids].sort((a, b) => compareForSort(a, b) * direction)
  return typeof last === "string" ? sorted.filter((id) => compareForSort(id, last) * direction > 0) : sorted
}

function readOf(
  ids: readonly string[],
  query: Query,
  rest: readonly FilterNode[],
  table: string,
): { native: DynamoRead; reasons: string[] } {
  const [id, ...more] = ids
  if (id === undefined) return { native: { kind: "none" }, reasons: ["no document can have such an _id"] }
  const options = {
    ...printFields(readFields(query.projection, rest, query.sort)),
    ConsistentRead: query.consistency !== "eventual",
  }
  const units = unitsOf(options.ConsistentRead)
  if (more.length === 0) {
    const native = { kind: "item", input: { TableName: table, Key: idKey(id), ...options } } as const
    return { native, reasons: [`_id is given: one GetItem, ${units} of each document`] }
  }
  const requests = Math.ceil(ids.length / idsPerRequest)
  const reason = `${ids.length} _ids are given: BatchGetItem, ${requests} request${requests === 1 ? "" : "s"}, ${units} of each document`
  return { native: { kind: "items", table, ids, options }, reasons: [reason] }
}
