import type { FilterNode } from "../ast/filter.ts"
import { fold } from "../ast/fold.ts"
import { checkSupport } from "../driver/check-support.ts"
import { featuresOfFilter } from "../driver/features-of.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import { normalizeIdFilter } from "../store/normalize-id-filter.ts"
import { type CollectionContext, callContext } from "./operation.ts"

/** A filter as the caller wrote it, or as the builder made it, ready to be planned: ids in their stored form, folded, supported. */
export function parseWhere(collection: CollectionContext, operation: string, filter: unknown): FilterNode {
  return prepareWhere(collection, operation, parseFilter(filter, callContext(collection, operation)))
}

export function prepareWhere(
  collection: CollectionContext,
  operation: string,
  filter: FilterNode,
): FilterNode {
  const folded = fold(normalizeIdFilter(filter, collection.info.ids))
  checkSupport(featuresOfFilter(folded), collection.capabilities, callContext(collection, operation))
  return folded
}
