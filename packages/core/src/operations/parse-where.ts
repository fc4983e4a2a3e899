import { compare, type FilterNode } from "../ast/filter.ts"
import { fold } from "../ast/fold.ts"
import { idPath } from "../ast/path.ts"
import { checkSupport } from "../driver/check-support.ts"
import { featuresOfFilter } from "../driver/features-of.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import { isSpecifiedFilter } from "../parse/specified-filter.ts"
import { normalizeIdFilter } from "../store/normalize-id-filter.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import type { CollectionContext } from "./operation.ts"

/** A filter as the caller wrote it, ready to be planned: ids in their stored form, folded, every feature supported. */
export function parseWhere(collection: CollectionContext, context: CallContext, filter: unknown): FilterNode {
  const parsed = ofSoleId(filter) ?? parseFilter(filter, context)
  const folded = fold(normalizeIdFilter(parsed, collection.info.ids, context))
  if (folded.kind === "and" && folded.filters.filter(({ kind }) => kind === "text").length > 1)
    throw argumentError(context, "$text", "one text search a query; put all words into one $search")
  checkSupport(featuresOfFilter(folded), collection.capabilities, context)
  return folded
}

/** A filter of an `_id` and nothing else, which most calls bring: the parser says the same of it, and takes several times as long. */
function ofSoleId(filter: unknown): FilterNode | undefined {
  if (!isPlainObject(filter) || isSpecifiedFilter(filter)) return undefined
  const names = Object.keys(filter)
  if (names.length !== 1 || names[0] !== "_id") return undefined
  const id = filter["_id"]
  return typeof id === "string" && id.isWellFormed() ? compare("eq", idPath, id) : undefined
}
