import type { Document } from "@nosql/contracts"
import { checkFields } from "../declaration/check-fields.ts"
import { checkUniqueValues } from "../declaration/check-unique.ts"
import { argumentError } from "../values/argument-error.ts"
import { isNormalDocument } from "../values/is-normal.ts"
import { type MeasuredDocument, normalizeAndMeasure, normalizeDocument } from "../values/normalize-value.ts"
import type { Operation } from "./operation.ts"
import { validateDocument } from "./validate-document.ts"

/** The fields of a document (all but its `_id`) as the collection keeps them: the schema's output, portable, conforming. */
export function conformingFields(
  operation: Operation,
  raw: unknown,
): MeasuredDocument | Promise<MeasuredDocument> {
  const { collection, context } = operation
  const validated = collection.schema === undefined ? raw : validateDocument(raw, collection.schema, context)
  return after(validated, (output) => {
    const measured = normalizeAndMeasure(output, context)
    const { fields } = measured
    if (Object.hasOwn(fields, "_id"))
      throw argumentError(context, "_id", "a schema describes a document without its _id")
    checkConforming(operation, fields)
    return measured
  })
}

/** The same where there is no schema, of fields that are read before their caller goes on: what needs no change is not copied. */
export function lentFields(operation: Operation, raw: unknown): LentFields {
  const plain = isNormalDocument(raw)
  const fields = plain ? raw : normalizeDocument(raw, operation.context)
  checkConforming(operation, fields)
  return { fields, plain }
}

export interface LentFields {
  readonly fields: Document
  /** They hold no bigints, bytes or native values. */
  readonly plain: boolean
}

/** Throws where fields do not conform to the declaration, or cannot stand in its unique indexes. */
export function checkConforming({ collection, context }: Operation, fields: Document): void {
  checkFields(fields, collection.info, context)
  checkUniqueValues(fields, collection.info.indexes, context)
}

/** Goes on at once where there is nothing to wait for: a thousand documents need no thousand promises. */
export function after<A, B>(value: A | Promise<A>, next: (value: A) => B): B | Promise<B> {
  return value instanceof Promise ? value.then(next) : next(value)
}
