import type { FilterNode, Query } from "@nosql/core/driver"
import { fitFilter } from "./fit-filter.ts"
import { keysOfTable, type MappedTable } from "./mapped-table.ts"
import { fieldsOf, readFields } from "./read-fields.ts"

/** The keys make the `_id`, so that they are read in its place. */
export function fieldsToRead(
  { projection, sort }: Query,
  rest: readonly FilterNode[],
  table: MappedTable,
): readonly string[] | undefined {
  const fields = readFields(projection, rest, sort)?.filter((field) => field !== "_id")
  return fields && [...new Set([...keysOfTable(table).map(({ name }) => name), ...fields])]
}

/** What DynamoDB is asked, less what it cannot be asked of these attributes: `_id` is none, and a Query takes no key in its filter. */
export function fitMapped(filters: readonly FilterNode[], kept: readonly string[]) {
  const own = filters.filter((node) => fieldsOf(node).some((field) => kept.includes(field)))
  const { expression, rest } = fitFilter(filters.filter((node) => !own.includes(node)))
  return { expression, rest: [...own, ...rest] }
}
