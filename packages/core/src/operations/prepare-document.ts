import type { Document } from "@nosql/contracts"
import { newId, normalizeId } from "../store/document-id.ts"
import { argumentError } from "../values/argument-error.ts"
import { awaitFirst, isPromise } from "../values/is-promise.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { after, conformingFields, type LentFields, lentFields } from "./conforming-fields.ts"
import type { Operation } from "./operation.ts"

/** A document ready to be inserted: validated, portable, conforming, with its `_id`. A promise only where the schema is asynchronous. */
export function prepareInsert(operation: Operation, document: unknown): Document | Promise<Document> {
  return after(prepareFields(operation, document), ({ id, fields }) => withId(operation, id, fields))
}

/**
 * The same where there is no schema, for a store that reads the document before its caller goes on: what lies deeper than its own fields is not copied.
 * Whether the store can hold it, the store finds out.
 */
export function prepareLent(operation: Operation, document: unknown): LentDocument {
  const { id, raw } = apartFromId(operation, document)
  const { fields, plain } = lentFields(operation, raw)
  return { id: idFor(operation, id, fields), fields, plain }
}

/** Whether the id is made here; what is no object is refused elsewhere. */
export function lacksId(document: unknown): boolean {
  return (document as { readonly _id?: unknown } | null | undefined)?._id === undefined
}

interface LentDocument extends LentFields {
  readonly id: string
}

interface PreparedFields {
  readonly id: string | undefined
  readonly fields: Document
}

/** Puts the `_id` first; one is made where none is given. */
export function withId(operation: Operation, id: string | undefined, fields: Document): Document {
  const { store, context } = operation
  const document = { _id: idFor(operation, id, fields), ...fields }
  const problem = store.documentProblem?.(document)
  if (problem !== undefined) throw argumentError(context, "", problem)
  return document
}

function idFor({ store, collection }: Operation, id: string | undefined, fields: Document): string {
  return id ?? store.idOf?.(collection.info, fields) ?? newId(store, collection.info.ids)
}

/** As for an insert, but the `_id` may be left out and is not made: a replacement. */
export function prepareFields(
  operation: Operation,
  document: unknown,
): PreparedFields | Promise<PreparedFields> {
  const { id, raw } = apartFromId(operation, document)
  return after(conformingFields(operation, raw), (fields) => ({ id, fields }))
}

function apartFromId({ collection, store, context }: Operation, document: unknown) {
  if (!isPlainObject(document)) throw argumentError(context, "", documentProblem(document))
  const { _id } = document
  const raw = "_id" in document ? withoutId(document) : document
  return { id: _id === undefined ? undefined : normalizeId(_id, store, collection.info, context), raw }
}

function documentProblem(document: unknown): string {
  if (Array.isArray(document)) return "a document is a plain object; several go to insertMany"
  if (typeof document !== "object" || document === null) return "a document is a plain object"
  if (isPromise(document)) return awaitFirst
  return "a document is a plain object, and this is an instance of a class; store its fields: { ...it }"
}

function withoutId({ _id, ...fields }: Record<string, unknown>): Record<string, unknown> {
  return fields
}
