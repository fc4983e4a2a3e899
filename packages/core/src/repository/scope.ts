import { NoSQLError, type ParsedFilter } from "@nosql/contracts"
import { and, compare, type FilterNode } from "../ast/filter.ts"
import { parsedFilter } from "../ast/parsed-filter.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import type { CallContext } from "../values/argument-error.ts"
import type { RepositoryContext, Scope } from "./repository-context.ts"
import type { Behaviours } from "./repository-options.ts"

export const wholeScope: Scope = { tenant: undefined, deleted: "hidden" }

/** A repository of many tenants does nothing for none. */
export function requireTenant({ tenantField }: Behaviours, { tenant }: Scope, call: CallContext): void {
  if (tenantField === undefined || tenant !== undefined) return
  throw new NoSQLError(
    "failed-precondition",
    `${call.operation}: the repository of "${call.collection ?? ""}" is multi-tenant; work through forTenant(id)`,
    { operation: call.operation, collection: call.collection ?? "" },
  )
}

/**
 * A caller's filter within the scope. The scope is joined to what was parsed, so that nothing which the filter says of the same fields can widen it;
 * and by equality alone, which every store can push down.
 */
export function scoped(context: RepositoryContext, filter: unknown): ParsedFilter {
  return parsedFilter(and([...scopeFilters(context), parseFilter(filter, context.call)]))
}

/** The filter of one id, checked to be one. */
export function scopedId(context: RepositoryContext, id: string, filter: object = {}): ParsedFilter {
  return scoped(context, { ...filter, _id: { $eq: id } })
}

function scopeFilters({ behaviours, scope }: RepositoryContext): FilterNode[] {
  const { tenantField, softDelete } = behaviours
  return [
    ...(tenantField === undefined ? [] : [compare("eq", [tenantField], scope.tenant ?? null)]),
    ...(softDelete && scope.deleted !== "included"
      ? [compare("eq", ["_deleted"], scope.deleted === "only")]
      : []),
  ]
}
