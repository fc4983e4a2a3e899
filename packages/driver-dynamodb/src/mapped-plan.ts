import type { Query } from "@nosql/core/driver"
import type { DynamoRead } from "./dynamo-read.ts"
import { finish, type ReadPlan, type Unfinished } from "./read-plan.ts"

/** More is read than asked: the keys, which make the `_id`. So core projects. */
export function mappedPlan(
  reached: Pick<ReadPlan, "access" | "index" | "eventual">,
  native: DynamoRead,
  query: Query,
  unfinished: Unfinished,
  reasons: readonly string[],
): ReadPlan {
  const { projection } = query
  const remaining = { ...finish(query, unfinished), ...(projection === undefined ? {} : { projection }) }
  return { ...reached, native, remaining, reasons }
}
