import type { Document } from "@nosql/contracts"
import { checkUniqueValues, renamesToUnique } from "../declaration/check-unique.ts"
import type { WriteRequest } from "../driver/plan.ts"
import { writtenDocument } from "../evaluate/written-document.ts"
import { argumentError } from "../values/argument-error.ts"
import { conformingFields } from "./conforming-fields.ts"
import type { Operation } from "./operation.ts"

/** What a write makes of a document, validated where updates are, and fit for the store: undefined where it removes it. */
export async function nextDocument(
  operation: Operation,
  request: WriteRequest,
  document: Document,
): Promise<Document | undefined> {
  const next = writtenDocument(document, request, operation.context)
  if (next === undefined || next === document) return next
  if (request.kind !== "update") return fitting(operation, next)
  const { info } = operation.collection
  if (renamesToUnique(request.update, info.indexes)) checkUniqueValues(next, info.indexes, operation.context)
  return fitting(operation, await validated(operation, next))
}

/** Under `validateUpdates` what an update makes is validated as an insert would be. */
async function validated(operation: Operation, document: Document): Promise<Document> {
  const { schema, validateUpdates } = operation.collection
  if (schema === undefined || !validateUpdates) return document
  const { _id, ...fields } = document
  const conforming = await conformingFields(operation, fields)
  return { _id: _id as string, ...conforming.fields }
}

function fitting({ store, context }: Operation, document: Document): Document {
  const problem = store.documentProblem?.(document)
  if (problem !== undefined)
    throw argumentError(context, "", `${problem}; nothing of this document was written`)
  return document
}
