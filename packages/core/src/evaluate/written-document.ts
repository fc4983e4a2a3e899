import { assertNever, type Document } from "@nosql/contracts"
import type { WriteRequest } from "../driver/plan.ts"
import type { CallContext } from "../values/argument-error.ts"
import { applyUpdate } from "./apply-update.ts"

/** What a write makes of a document: undefined where it removes it, the same object where it changes nothing. */
export function writtenDocument(
  document: Document,
  request: WriteRequest,
  context: CallContext,
): Document | undefined {
  switch (request.kind) {
    case "delete":
      return undefined
    case "replace":
      return { _id: document["_id"] as string, ...request.replacement }
    case "update":
      return applyUpdate(document, request.update, context)
    default:
      return assertNever(request)
  }
}
