import { type CollectionInfo, type FilterNode, type Query, queryOf, type SortKey } from "@nosql/core/driver"
import { mappedPlan } from "./mapped-plan.ts"
import type { MappedTable } from "./mapped-table.ts"
import { chooseUse, type MappedUse } from "./mapped-use.ts"
import { planMappedKeys } from "./plan-mapped-keys.ts"
import { planMappedPartitions } from "./plan-mapped-partitions.ts"
import { planMappedScan } from "./plan-mapped-scan.ts"
import { planUnion } from "./plan-union.ts"
import type { ReadPlan } from "./read-plan.ts"

/** By the table's own keys, by those of its indexes that the mapping names, by several of them, else a scan. */
export function planMapped(query: Query, table: MappedTable, collection: CollectionInfo): ReadPlan {
  if (query.filter.kind === "false")
    return mappedPlan({ access: "key" }, { kind: "none" }, query, { rest: [], sorted: true }, [
      "the filter matches nothing",
    ])
  // A position without a sort is one in the order of a scan.
  if (query.after !== undefined && query.sort.length === 0) return planMappedScan(query, table, collection)
  const reached = (part: Query) => reach(part, table, collection)
  return reached(query) ?? planUnion(query, reached) ?? planMappedScan(query, table, collection)
}

function reach(query: Query, table: MappedTable, collection: CollectionInfo): ReadPlan | undefined {
  const keys = planMappedKeys(query, table)
  if (keys !== undefined) return keys
  const use = chooseUse(query, table, collection)
  return use && planMappedPartitions(query, use, table)
}

/** The order of a page without a sort of its own: that of the sort key in the partition that the filter names, or the table's position. */
export function mappedPageOrder(
  filter: FilterNode,
  table: MappedTable,
  collection: CollectionInfo,
): readonly SortKey[] {
  const query = queryOf(filter)
  if (planMapped(query, table, collection).access === "scan") return []
  const use = planMappedKeys(query, table) === undefined ? chooseUse(query, table, collection) : undefined
  return [{ path: [orderedBy(use) ?? "_id"], direction: 1 }]
}

function orderedBy(use: MappedUse | undefined): string | undefined {
  const sort = use?.keys.sort
  return use?.tails !== undefined || sort?.type === "B" ? undefined : sort?.name
}
