import { type CollectionInfo, equalityOn, type FindPlan, planAccess, type Query } from "@nosql/core/driver"
import type { TableState } from "./table-state.ts"

export interface DynamoRead {
  readonly table: string
  readonly id?: string
}

/** Pushes the equality on `_id`; all the rest is left to core. */
export function planQuery(
  collection: CollectionInfo,
  query: Query,
  { table }: TableState,
): FindPlan<DynamoRead> {
  const { filter, sort, skip, limit, projection, after } = query
  const equality = equalityOn(filter, ["_id"])
  const id = equality?.kind === "compare" ? { id: equality.value as string } : {}
  return {
    ...planAccess({ ...collection, indexes: [] }, filter, sort),
    native: { table, ...id },
    remaining: {
      ...(filter.kind === "true" ? {} : { filter }),
      ...(sort.length === 0 ? {} : { sort }),
      ...(after === undefined ? {} : { after }),
      ...(skip === 0 ? {} : { skip }),
      ...(limit === undefined ? {} : { limit }),
      ...(projection === undefined ? {} : { projection }),
    },
  }
}
