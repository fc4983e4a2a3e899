import { type Document, assertNever } from "@nosql/contracts"
import type { WriteRequest } from "../driver/plan.ts"
import { applyUpdate } from "../evaluate/apply-update.ts"
import { checkFields } from "../store/check-fields.ts"
import { argumentError } from "../values/argument-error.ts"
import { normalizeDocument } from "../values/normalize-value.ts"
import type { Operation } from "./operation.ts"
import { validateDocument } from "./validate-document.ts"

/** What a write makes of a document: undefined where it removes it, the same object where it changes nothing. */
export async function nextDocument(
  operation: Operation,
  request: WriteRequest,
  document: Document,
): Promise<Document | undefined> {
  switch (request.kind) {
    case "delete":
      return undefined
    case "replace":
      return fitting(operation, { _id: document["_id"] as string, ...request.replacement })
    case "update": {
      const next = applyUpdate(document, request.update, operation.context)
      return next === document ? document : fitting(operation, await validated(operation, next))
    }
    default:
      return assertNever(request)
  }
}

/** Under `validateUpdates` what an update makes is validated as an insert would be. */
async function validated({ collection, context }: Operation, document: Document): Promise<Document> {
  if (collection.schema === undefined || !collection.validateUpdates) return document
  const { _id, ...fields } = document
  const output = normalizeDocument(await validateDocument(fields, collection.schema, context), context)
  checkFields(output, collection.info, context)
  return { _id: _id as string, ...output }
}

function fitting({ store, context }: Operation, document: Document): Document {
  const problem = store.documentProblem?.(document)
  if (problem !== undefined) throw argumentError(context, "", `${problem}; nothing of this document was written`)
  return document
}
