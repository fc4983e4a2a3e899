import { and, type FilterNode, type FindPlan, type Query, type Remaining } from "@nosql/core/driver"
import type { DynamoRead } from "./dynamo-read.ts"
import { isCut } from "./read-fields.ts"

export type ReadPlan = FindPlan<DynamoRead>

/** What a read does not do itself. */
export interface Unfinished {
  /** The conditions that it does not answer, or not exactly. */
  readonly rest: readonly FilterNode[]
  /** Whether it has the sort's order, and so begins behind `after` itself. */
  readonly sorted: boolean
}

/** What core finishes. DynamoDB skips nothing, so skip and limit are core's; a read's `take` only keeps it from reading on. */
export function finish(query: Query, { rest, sorted }: Unfinished): Remaining {
  const { sort, after, skip, limit, projection } = query
  const [only] = rest
  const filter = rest.length > 1 ? and(rest) : only
  const whole = filter !== undefined || !sorted
  return {
    ...(filter === undefined ? {} : { filter }),
    ...(sorted ? {} : { sort, ...(after === undefined ? {} : { after }) }),
    ...(skip === 0 ? {} : { skip }),
    ...(limit === undefined ? {} : { limit }),
    ...(projection === undefined || !(whole || isCut(projection, sort)) ? {} : { projection }),
  }
}

/** How many documents a read has to give; undefined: core decides, or all. */
export function takeOf({ skip, limit }: Query, { rest, sorted }: Unfinished): number | undefined {
  return limit === undefined || rest.length > 0 || !sorted ? undefined : skip + limit
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html */
export function unitsOf(consistent: boolean): string {
  return consistent ? "strong, 1 read unit for 4 KB" : "eventual, half a read unit for 4 KB"
}

/** What a filter finds may be little of what is read: then pages begin small and grow. */
const firstFilteredPage = 50

/** A page is 1 MB at most, and an item more than a byte; the API takes no number over 32 bits. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
const mostOnPage = 1024 * 1024

/** The first page's `Limit`, which counts what is read before the filter. None where no page holds so many. */
export function pageLimit({ skip, limit }: Query, filtered: boolean, sorted: boolean): { Limit?: number } {
  if (limit === undefined || !sorted) return {}
  const wanted = skip + limit
  const Limit = filtered ? Math.max(firstFilteredPage, wanted * 2) : wanted
  return Limit > mostOnPage ? {} : { Limit }
}

/** Documents are spread evenly, so that a shard holds its share of the first ones, seldom twice that; then it is asked once more. Filtered pages grow by themselves. */
export function shardLimit(
  { Limit }: { Limit?: number },
  filtered: boolean,
  shards: number,
): { Limit?: number } {
  if (Limit === undefined) return {}
  return { Limit: filtered || shards === 1 ? Limit : Math.min(Limit, Math.ceil(Limit / shards) * 2) }
}
