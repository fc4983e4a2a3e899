import type { CollectionInfo, CountPlan, FilterNode, Query, SortKey } from "@nosql/core/driver"
import { queryOf } from "@nosql/core/driver"
import type { DynamoRead, PagesRead } from "./dynamo-read.ts"
import { chooseIndex, type IndexUse } from "./index-use.ts"
import { planIds } from "./plan-ids.ts"
import { planIndex } from "./plan-index.ts"
import { planOwners } from "./plan-owners.ts"
import { planScan } from "./plan-scan.ts"
import { planUnion } from "./plan-union.ts"
import type { ReadPlan } from "./read-plan.ts"
import type { TableState } from "./table-state.ts"

/** The table's key, an index, several of them, else a scan. Which indexes are there the table's metadata says, not the declaration. */
export function planQuery(collection: CollectionInfo, query: Query, known: TableState): ReadPlan {
  const state = stateFor(collection, known)
  if (query.filter.kind === "false") return planNone(query)
  // A position without a sort is one in the order of a scan.
  if (query.after !== undefined && query.sort.length === 0) return planScan(query, state)
  const reached = (part: Query) => reach(part, state)
  return reached(query) ?? planUnion(query, reached) ?? planScan(query, state)
}

/** A table that is not there yet will be made with what is declared. */
function stateFor({ indexes }: CollectionInfo, state: TableState): TableState {
  if (state.exists) return state
  return {
    ...state,
    indexes: indexes.filter(({ text, expireAfterSeconds }) => !text && expireAfterSeconds === undefined),
  }
}

function reach(query: Query, state: TableState): ReadPlan | undefined {
  const ids = planIds(query, state)
  if (ids !== undefined) return ids
  if (query.consistency === "strong") return planOwners(query, state)
  const use = indexFor(query, state)
  return use === undefined ? undefined : planIndex(query, use, state)
}

function indexFor({ filter, sort, hint }: Query, { indexes }: TableState): IndexUse | undefined {
  const candidates = hint === undefined ? indexes : indexes.filter(({ name }) => name === hint)
  return chooseIndex(candidates, filter, sort)
}

function planNone(query: Query): ReadPlan {
  const { skip, limit, projection } = query
  return {
    access: "key",
    native: { kind: "none" },
    remaining: {
      ...(skip === 0 ? {} : { skip }),
      ...(limit === undefined ? {} : { limit }),
      ...(projection === undefined ? {} : { projection }),
    },
    reasons: ["the filter matches nothing"],
  }
}

/** By DynamoDB's own count where it answers the whole filter and no document can be counted twice. It costs what reading costs. */
export function planCount(
  collection: CollectionInfo,
  query: Query,
  state: TableState,
): CountPlan<DynamoRead> | undefined {
  return countPlanOf(planQuery(collection, query, state))
}

export function countPlanOf({
  native,
  remaining,
  eventual: _,
  ...reached
}: ReadPlan): CountPlan<DynamoRead> | undefined {
  if (remaining.filter !== undefined) return undefined
  const counted = countOf(native)
  return counted === undefined ? undefined : { ...reached, native: counted }
}

function countOf(read: DynamoRead): DynamoRead | undefined {
  if (read.kind === "pages") return counting(read)
  if (read.kind !== "several" || read.overlapping) return undefined
  const reads = read.reads.map(countOf).filter((part) => part !== undefined)
  return reads.length < read.reads.length ? undefined : { ...read, reads }
}

function counting(read: PagesRead): PagesRead {
  return { ...read, input: { ...read.input, Select: "COUNT" } }
}

/** The order in which a page goes on without a sort of its own: that of the index that serves the filter, or the table's position. */
export function pageOrder(
  collection: CollectionInfo,
  filter: FilterNode,
  known: TableState,
): readonly SortKey[] {
  const query = queryOf(filter)
  const state = stateFor(collection, known)
  const plan = planQuery(collection, query, state)
  if (plan.access === "scan") return []
  const use = plan.native.kind === "none" || planIds(query, state) ? undefined : indexFor(query, state)
  return use === undefined ? [{ path: ["_id"], direction: 1 }] : use.open
}
