import { conjuncts, type Query } from "@nosql/core/driver"
import { printParts } from "./build-request.ts"
import type { PagesRead } from "./dynamo-read.ts"
import type { Expression } from "./expression.ts"
import { fitFilter } from "./fit-filter.ts"
import { idKey } from "./item-codec.ts"
import { readFields } from "./read-fields.ts"
import { finish, pageLimit, type ReadPlan, takeOf, unitsOf } from "./read-plan.ts"
import { scanReasons } from "./scan-reasons.ts"
import type { TableState } from "./table-state.ts"

/** Sentinels and metadata lie in the same table; only documents have an `_id`. */
const isDocument: Expression = { kind: "call", name: "attribute_exists", path: ["_id"] }
/** Some metadata may be read before the documents that are wanted. */
const spare = 10

/** The whole table, filtered by DynamoDB as far as its language goes. That saves transfer, but no read units. */
export function planScan(query: Query, state: TableState): ReadPlan {
  const filters = conjuncts(query.filter)
  const { expression, rest } = fitFilter(filters, [isDocument])
  const unfinished = { rest, sorted: query.sort.length === 0 }
  const take = takeOf(query, unfinished)
  const filtered = filters.length > 0
  const fields = readFields(query.projection, rest, query.sort)
  const { Limit } = pageLimit(query, filtered, unfinished.sorted)
  const [last] = query.sort.length === 0 ? (query.after ?? []) : []
  const consistent = query.consistency !== "eventual"
  const native: PagesRead = {
    kind: "pages",
    operation: "Scan",
    input: {
      TableName: state.table,
      ...printParts({
        ...(expression === undefined ? {} : { filter: expression }),
        ...(fields === undefined ? {} : { fields }),
      }),
      ConsistentRead: consistent,
      ...(Limit === undefined ? {} : { Limit: filtered ? Limit : Limit + spare }),
      // The key need not be there: the scan goes on behind its place.
      ...(typeof last === "string" ? { ExclusiveStartKey: idKey(last) } : {}),
    },
    filtered,
    ...(take === undefined ? {} : { take }),
  }
  return {
    access: "scan",
    native,
    remaining: finish(query, unfinished),
    reasons: [...scanReasons(query, state), `Scan, ${unitsOf(consistent)} of the whole table`],
  }
}
