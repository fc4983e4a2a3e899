import { and, compare, type FilterNode, not } from "../ast/filter.ts"
import { fold } from "../ast/fold.ts"
import type { CollectionInfo, TtlInfo } from "../driver/collection-info.ts"

/** The filter without expired documents: they are invisible before the store has swept them. */
export function visible(filter: FilterNode, { ttl }: CollectionInfo): FilterNode {
  if (ttl === undefined || !ttl.hide || filter.kind === "false") return filter
  return fold(and([filter, not(expired(ttl))]))
}

/** Missing or not a date never expires: a range over a date matches dates only. */
export function expired({ path, afterSeconds }: TtlInfo): FilterNode {
  return compare("lte", path, new Date(Date.now() - afterSeconds * 1000))
}
