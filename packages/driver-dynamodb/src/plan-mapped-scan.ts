import { type CollectionInfo, conjuncts, type Query } from "@nosql/core/driver"
import { printParts } from "./build-request.ts"
import type { PagesRead } from "./dynamo-read.ts"
import { fieldsToRead, fitMapped } from "./mapped-fields.ts"
import { keyOfId } from "./mapped-id.ts"
import { mappedPlan } from "./mapped-plan.ts"
import { mappedScanReasons } from "./mapped-scan-reasons.ts"
import type { MappedTable } from "./mapped-table.ts"
import { pageLimit, type ReadPlan, takeOf, unitsOf } from "./read-plan.ts"

/** The whole table. The position of a page without a sort is that of the scan. */
export function planMappedScan(query: Query, table: MappedTable, collection: CollectionInfo): ReadPlan {
  const filters = conjuncts(query.filter)
  const { expression, rest } = fitMapped(filters, ["_id"])
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
  return mappedPlan({ access: "scan" }, native, query, unfinished, [
    ...mappedScanReasons(query, table, collection),
    `Scan, ${unitsOf(consistent)} of the whole table`,
  ])
}
