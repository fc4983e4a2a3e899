import type { FilterNode, Projection, SortKey } from "@nosql/core/driver"

/**
 * The top-level fields that a read needs, `_id` first; undefined: all of them. DynamoDB's own projection stops at the top level here: of a path through a list it
 * would give what the language does not. What is excluded it cannot leave out.
 */
export function readFields(
  projection: Projection | undefined,
  filters: readonly FilterNode[],
  sort: readonly SortKey[],
): readonly string[] | undefined {
  if (projection?.kind !== "include") return undefined
  const fields = new Set(["_id"])
  for (const [field] of projection.paths) if (field !== undefined) fields.add(field)
  for (const { path } of sort) if (path[0] !== undefined) fields.add(path[0])
  for (const filter of filters) for (const field of fieldsOf(filter)) fields.add(field)
  return [...fields]
}

/** Whether core has to finish what was read by `readFields`: more was read, or what is asked lies below the top level. */
export function isCut({ kind, paths, id }: Projection, sort: readonly SortKey[]): boolean {
  const given = (field: string | undefined) => field === "_id" || paths.some(([asked]) => asked === field)
  return (
    kind === "exclude" ||
    !id ||
    paths.some(({ length }) => length > 1) ||
    !sort.every(({ path }) => given(path[0]))
  )
}

/** The top-level fields that a filter asks of. */
export function fieldsOf(node: FilterNode): readonly string[] {
  if (node.kind === "and" || node.kind === "or") return node.filters.flatMap(fieldsOf)
  if (node.kind === "not") return fieldsOf(node.filter)
  return "path" in node && node.path[0] !== undefined ? [node.path[0]] : []
}
