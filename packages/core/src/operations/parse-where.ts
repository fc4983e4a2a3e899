import type { FilterNode } from "../ast/filter.ts"
import { fold } from "../ast/fold.ts"
import { checkSupport } from "../driver/check-support.ts"
import { featuresOfFilter } from "../driver/features-of.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import { normalizeIdFilter } from "../store/normalize-id-filter.ts"
import type { CallContext } from "../values/argument-error.ts"
import type { CollectionContext } from "./operation.ts"

/** A filter as the caller wrote it, ready to be planned: ids in their stored form, folded, every feature supported. */
export function parseWhere(collection: CollectionContext, context: CallContext, filter: unknown): FilterNode {
  const folded = fold(normalizeIdFilter(parseFilter(filter, context), collection.info.ids))
  checkSupport(featuresOfFilter(folded), collection.capabilities, context)
  return folded
}
