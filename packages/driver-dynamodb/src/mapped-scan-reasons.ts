import {
  type CollectionInfo,
  conjuncts,
  equalityOn,
  formatPath,
  isIdPath,
  type Query,
} from "@nosql/core/driver"
import type { MappedTable } from "./mapped-table.ts"
import { indexProblem } from "./mapped-use.ts"

/** Why the table is read as a whole, and what would mend it. */
export function mappedScanReasons(
  query: Query,
  table: MappedTable,
  collection: CollectionInfo,
): readonly string[] {
  const { filter, sort, hint } = query
  if (filter.kind === "true" && sort.length === 0) return ["everything is read"]
  if (hint !== undefined && !table.indexes.some(({ name }) => name === hint))
    return [`the hint "${hint}" names no index of the mapping`]
  const problems = table.indexes.flatMap((index) => indexProblem(query, index, table, collection) ?? [])
  if (problems.length > 0) return problems
  const avoids = `only an equality on "${table.partition.name}", its partition key, on _id, or on the partition key of an index of it avoids the scan`
  const paths = conjuncts(filter).flatMap((node) =>
    "path" in node && node.path.length === 1 && !isIdPath(node.path) && equalityOn(node, node.path)
      ? [formatPath(node.path)]
      : [],
  )
  const [partition] = paths
  if (partition === undefined) return [avoids]
  const [order] = sort.filter(({ path }) => path.length === 1 && !isIdPath(path))
  const key = order === undefined ? "" : ` and the sort key "${formatPath(order.path)}"`
  return [
    `${avoids}; where the table has an index with the partition key "${partition}"${key}, name it in tables.${collection.name}.indexes`,
  ]
}
