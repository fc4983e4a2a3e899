import type { FilterNode } from "../ast/filter.ts"
import { fold } from "../ast/fold.ts"
import { checkSupport } from "../driver/check-support.ts"
import { conjuncts } from "../driver/conditions-on.ts"
import { featuresOfFilter } from "../driver/features-of.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import { normalizeIdFilter } from "../store/normalize-id-filter.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import type { CollectionContext } from "./operation.ts"

/** A filter as the caller wrote it, ready to be planned: ids in their stored form, folded, every feature supported. */
export function parseWhere(collection: CollectionContext, context: CallContext, filter: unknown): FilterNode {
  const folded = fold(normalizeIdFilter(parseFilter(filter, context), collection.info.ids, context))
  if (conjuncts(folded).filter(({ kind }) => kind === "text").length > 1)
    throw argumentError(context, "$text", "one text search a query; put all words into one $search")
  checkSupport(featuresOfFilter(folded), collection.capabilities, context)
  return folded
}
