import type { Document } from "@nosql/contracts"
import { checkFields } from "../store/check-fields.ts"
import { checkUniqueValues } from "../store/check-unique.ts"
import { newId, normalizeId } from "../store/document-id.ts"
import { argumentError } from "../values/argument-error.ts"
import { normalizeDocument } from "../values/normalize-value.ts"
import { isPlainObject } from "../values/plain-object.ts"
import type { Operation } from "./operation.ts"
import { validateDocument } from "./validate-document.ts"

/** A document ready to be inserted: validated, portable, conforming, with its `_id`. A promise only where the schema is asynchronous. */
export function prepareInsert(operation: Operation, document: unknown): Document | Promise<Document> {
  return after(prepareFields(operation, document), ({ id, fields }) => withId(operation, id, fields))
}

/** A replacement: as an insert, but the `_id` may be left out and is not made. */
export function prepareReplacement(
  operation: Operation,
  document: unknown,
): PreparedFields | Promise<PreparedFields> {
  return prepareFields(operation, document)
}

export interface PreparedFields {
  readonly id: string | undefined
  readonly fields: Document
}

/** Puts the `_id` first; one is made where none is given. */
export function withId(
  { store, collection, context }: Operation,
  id: string | undefined,
  fields: Document,
): Document {
  const document = { _id: id ?? newId(store, collection.info.ids), ...fields }
  const problem = store.documentProblem?.(document)
  if (problem !== undefined) throw argumentError(context, "", problem)
  return document
}

function prepareFields(operation: Operation, document: unknown): PreparedFields | Promise<PreparedFields> {
  const { collection, store, context } = operation
  if (!isPlainObject(document)) throw argumentError(context, "", documentProblem(document))
  const { _id } = document
  const raw = "_id" in document ? withoutId(document) : document
  const id = _id === undefined ? undefined : normalizeId(_id, store, collection.info.ids, context)
  const validated = collection.schema === undefined ? raw : validateDocument(raw, collection.schema, context)
  return after(validated, (output) => {
    const fields = normalizeDocument(output, context)
    if (Object.hasOwn(fields, "_id"))
      throw argumentError(context, "_id", "a schema describes a document without its _id")
    checkFields(fields, collection.declarations, context)
    checkUniqueValues(fields, collection.info.indexes, context)
    return { id, fields }
  })
}

function documentProblem(document: unknown): string {
  if (Array.isArray(document)) return "a document is a plain object; several go to insertMany"
  if (typeof document !== "object" || document === null) return "a document is a plain object"
  return "a document is a plain object, and this is an instance of a class; store its fields: { ...it }"
}

function withoutId({ _id, ...fields }: Record<string, unknown>): Record<string, unknown> {
  return fields
}

/** Goes on at once where there is nothing to wait for: a thousand documents need no thousand promises. */
function after<A, B>(value: A | Promise<A>, next: (value: A) => B): B | Promise<B> {
  return value instanceof Promise ? value.then(next) : next(value)
}
