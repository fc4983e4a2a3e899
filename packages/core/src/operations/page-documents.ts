import type { Document, Page, ReadOptions } from "@nosql/contracts"
import { and, type FilterNode } from "../ast/filter.ts"
import { fold } from "../ast/fold.ts"
import { projectDocument } from "../evaluate/project-document.ts"
import { parseProjection } from "../parse/parse-projection.ts"
import { wholeNumber } from "../parse/parse-query.ts"
import { parseSort } from "../parse/parse-sort.ts"
import {
  afterKeys,
  decodePageCursor,
  encodePageCursor,
  pageFingerprint,
  totalSort,
} from "../store/page-cursor.ts"
import { argumentError } from "../values/argument-error.ts"
import type { Operation } from "./operation.ts"
import { readDocuments } from "./read-documents.ts"

export interface PageRequest extends ReadOptions {
  readonly sort?: unknown
  readonly size?: number | undefined
  readonly limit?: number | undefined
  readonly skip?: number | undefined
  readonly after?: string | undefined
  readonly projection?: unknown
}

/** One page of a folded filter. The documents are read whole and projected afterwards: the cursor needs their sort keys. */
export async function pageDocuments(
  operation: Operation,
  where: FilterNode,
  options: PageRequest,
): Promise<Page<Document>> {
  const { collection, context } = operation
  if (options.skip !== undefined)
    throw argumentError(context, "skip", "page goes on by `after`; skip has no place in it")
  const size = wholeNumber("size", options.size ?? options.limit ?? 20, context)
  if (size === 0) throw argumentError(context, "size", "a page holds at least one document")
  const sort = totalSort(parseSort(options.sort, context))
  const projection = parseProjection(options.projection, context)
  const secret = collection.settings.cursorSecret
  const fingerprint = pageFingerprint(collection.info.name, where, sort)
  const behind =
    options.after === undefined
      ? []
      : [afterKeys(sort, await decodePageCursor(options.after, { sort, fingerprint, secret, context }))]
  const query = {
    filter: fold(and([where, ...behind])),
    sort,
    skip: 0,
    limit: size + 1,
    ...(options.consistency === undefined ? {} : { consistency: options.consistency }),
    ...(options.hint === undefined ? {} : { hint: options.hint }),
  }
  const found: Document[] = []
  for await (const batch of readDocuments(operation, query)) for (const item of batch) found.push(item)
  const items = found.slice(0, size)
  const last = items.at(-1)
  const shown = projection === undefined ? items : items.map((item) => projectDocument(item, projection))
  if (found.length <= size || last === undefined) return { items: shown }
  return { items: shown, next: await encodePageCursor(last, { sort, fingerprint, secret, context }) }
}
