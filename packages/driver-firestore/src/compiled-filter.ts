import type { NativeFilter } from "./native-query.ts"

/** What a filter is to Firestore. One that is not exact finds more, and says why. */
export type CompiledFilter =
  | { readonly filter: Pushed; readonly exact: true }
  | { readonly filter: Pushed; readonly exact: false; readonly reason: string }

/** All and none need no condition. */
type Pushed = NativeFilter | { readonly kind: "all" } | { readonly kind: "none" }

export const everything: CompiledFilter = { filter: { kind: "all" }, exact: true }
export const nothing: CompiledFilter = { filter: { kind: "none" }, exact: true }

export function exactly(filter: NativeFilter): CompiledFilter {
  return { filter, exact: true }
}

/** Nothing can be asked of the store. */
export function superset(reason: string): CompiledFilter {
  return { filter: { kind: "all" }, exact: false, reason }
}

export function allOf(parts: readonly CompiledFilter[]): CompiledFilter {
  if (parts.some(isNothing)) return nothing
  return together(group("and", parts, "all"), parts)
}

export function anyOf(parts: readonly CompiledFilter[]): CompiledFilter {
  const possible = parts.filter((part) => !isNothing(part))
  if (possible.length === 0) return nothing
  if (possible.some(({ filter, exact }) => filter.kind === "all" && exact)) return everything
  const unbounded = possible.some(({ filter }) => filter.kind === "all")
  return together(unbounded ? { kind: "all" } : group("or", possible, "none"), possible)
}

function isNothing({ filter }: CompiledFilter): boolean {
  return filter.kind === "none"
}

function group(kind: "and" | "or", parts: readonly CompiledFilter[], neutral: "all" | "none"): Pushed {
  const filters = parts.flatMap(({ filter }): NativeFilter[] => {
    if (filter.kind === "all" || filter.kind === "none") return []
    return filter.kind === kind ? [...filter.filters] : [filter]
  })
  const [only] = filters
  if (only === undefined) return { kind: neutral }
  return filters.length === 1 ? only : { kind, filters }
}

function together(filter: Pushed, parts: readonly CompiledFilter[]): CompiledFilter {
  const reasons = new Set(parts.flatMap((part) => (part.exact ? [] : [part.reason])))
  return reasons.size === 0
    ? { filter, exact: true }
    : { filter, exact: false, reason: [...reasons].join("; ") }
}
