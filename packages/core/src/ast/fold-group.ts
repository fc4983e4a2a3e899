import type { Value } from "@nosql/contracts"
import { encodeAst } from "./codec.ts"
import type { FieldPath, FilterNode } from "./filter.ts"

/** The arms of a group with those of inner groups of its kind; `neutral` vanishes, `absorbing` decides the group and comes back alone. */
export function flattenGroup(kind: "and" | "or", filters: readonly FilterNode[]): readonly FilterNode[] {
  const neutral = kind === "and" ? "true" : "false"
  const absorbing = kind === "and" ? "false" : "true"
  const kept: FilterNode[] = []
  for (const filter of filters) {
    if (filter.kind === absorbing) return [filter]
    if (filter.kind === neutral) continue
    // One by one: as arguments of one call a very long list would exhaust the stack.
    if (filter.kind === kind) for (const inner of filter.filters) kept.push(inner)
    else kept.push(filter)
  }
  return kept
}

/** The filters, each once. */
export function distinct(filters: readonly FilterNode[]): readonly FilterNode[] {
  if (filters.length < 2) return filters
  return [...new Map(filters.map((filter) => [encodeAst(filter), filter])).values()]
}

/** Whether a filter and its negation are among these. */
export function holdsComplements(filters: readonly FilterNode[]): boolean {
  const negated = filters.flatMap((filter) => (filter.kind === "not" ? [filter.filter] : []))
  if (negated.length === 0) return false
  const keys = new Set(filters.map((filter) => encodeAst(filter)))
  return negated.some((filter) => keys.has(encodeAst(filter)))
}

/** The values that a filter demands of a path, where it is an equality. */
export function equalityOf(
  filter: FilterNode,
): { readonly path: FieldPath; readonly values: readonly Value[] } | undefined {
  if (filter.kind === "in") return filter
  return filter.kind === "compare" && filter.operator === "eq"
    ? { path: filter.path, values: [filter.value] }
    : undefined
}
