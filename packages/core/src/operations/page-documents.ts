import type { Document, Page, ReadOptions } from "@nosql/contracts"
import type { FilterNode } from "../ast/filter.ts"
import type { Query, SortKey } from "../ast/query.ts"
import { projectDocument } from "../evaluate/project-document.ts"
import { parseProjection } from "../parse/parse-projection.ts"
import { wholeNumber } from "../parse/parse-query.ts"
import { parseSort } from "../parse/parse-sort.ts"
import { decodePageCursor, encodePageCursor, pageFingerprint, totalSort } from "../store/page-cursor.ts"
import { argumentError } from "../values/argument-error.ts"
import { visible } from "./expiry.ts"
import { openCollection } from "./open-collection.ts"
import type { Operation } from "./operation.ts"
import { readDocuments } from "./read-documents.ts"

interface PageRequest extends ReadOptions {
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
  const asked = parseSort(options.sort, context)
  const projection = parseProjection(options.projection, context)
  const sort = asked.length > 0 ? totalSort(asked) : await ownOrder(operation, where)
  const secret = collection.settings.cursorSecret
  const fingerprint = pageFingerprint(collection.info.name, where, sort)
  const binding = { sort, fingerprint, secret, context }
  const after = options.after === undefined ? undefined : await decodePageCursor(options.after, binding)
  const query: Query = {
    filter: where,
    sort,
    ...(after === undefined ? {} : { after }),
    skip: 0,
    limit: size + 1,
    ...(options.consistency === undefined ? {} : { consistency: options.consistency }),
    ...(options.hint === undefined ? {} : { hint: options.hint }),
  }
  const found: Document[] = []
  for await (const batch of readDocuments(operation, query)) for (const item of batch) found.push(item)
  const items = found.slice(0, size)
  const shown = projection === undefined ? items : items.map((item) => projectDocument(item, projection))
  if (found.length <= size) return { items: shown }
  return { items: shown, next: await encodePageCursor(items, binding) }
}

/** The order without a sort: the store's, which may be by its own position (`[]`), else by `_id`. */
async function ownOrder(operation: Operation, filter: FilterNode): Promise<readonly SortKey[]> {
  const { store, collection } = operation
  if (store.pageOrder === undefined) return totalSort([])
  const opening = openCollection(operation)
  if (opening !== undefined) await opening
  const order = store.pageOrder(collection.info, visible(filter, collection.info))
  return order.length === 0 ? order : totalSort(order)
}
