import type { Document } from "@nosql/contracts"
import { newId, normalizeId } from "../store/document-id.ts"
import { argumentError } from "../values/argument-error.ts"
import { awaitFirst, isPromise } from "../values/is-promise.ts"
import { type MeasuredDocument, mostBytesOfText } from "../values/normalize-value.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { after, conformingFields, type LentFields, lentFields } from "./conforming-fields.ts"
import type { Operation } from "./operation.ts"

/** A document ready to be inserted: validated, portable, conforming, with its `_id`. */
export interface PreparedDocument {
  readonly document: Document
  /** There are no bigints, bytes or native values in it. */
  readonly plain: boolean
}

/** A promise only where the schema is asynchronous. */
export function prepareInsert(
  operation: Operation,
  document: unknown,
): PreparedDocument | Promise<PreparedDocument> {
  return after(prepareFields(operation, document), ({ id, fields, plainBytes }) => ({
    document: withId(operation, id, fields, plainBytes),
    plain: plainBytes !== undefined,
  }))
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

interface PreparedFields extends MeasuredDocument {
  readonly id: string | undefined
}

/** Puts the `_id` first; one is made where none is given. Throws where the store cannot hold the document. */
export function withId(
  operation: Operation,
  id: string | undefined,
  fields: Document,
  plainBytes?: number,
): Document {
  const { store, context } = operation
  const _id = idFor(operation, id, fields)
  const document = { _id, ...fields }
  const mostBytes = plainBytes === undefined ? undefined : plainBytes + mostBytesOfText("_id", _id)
  const problem = store.documentProblem?.(document, mostBytes)
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
  return after(conformingFields(operation, raw), ({ fields, plainBytes }) => ({ id, fields, plainBytes }))
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
