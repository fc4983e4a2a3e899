import type { Document, Value } from "@nosql/contracts"
import { isNativeValue } from "@nosql/core/driver"
import { documentSize, valueSize } from "./document-size.ts"
import { isStorableDate } from "./storable-date.ts"

const page = "https://firebase.google.com/docs/firestore/quotas#collections_documents_and_fields"
const maxDocument = 1_048_576
const maxField = 1_048_487
const maxName = 1500

/** Why Firestore cannot hold this document, or undefined. */
export function documentProblem(document: Document): string | undefined {
  const bytes = documentSize(document)
  if (bytes > maxDocument) return `it takes ${bytes} bytes, more than Firestore's ${maxDocument} (${page})`
  for (const field of Object.keys(document)) {
    const value = document[field] as Value
    if (valueSize(value) > maxField)
      return `"${field}" takes more than Firestore's ${maxField} bytes (${page})`
    const problem = nameProblem(field) ?? valueProblem(value)
    if (problem !== undefined) return `"${field}": ${problem}`
  }
  return undefined
}

/** Why Firestore cannot hold this value anywhere, or undefined. */
export function valueProblem(value: Value): string | undefined {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return undefined
  if (value instanceof Date) return dateProblem(value)
  if (isNativeValue(value)) return undefined
  if (Array.isArray(value)) return firstProblem(value)
  const fields = value as Document
  return Object.keys(fields).map(nameProblem).find(Boolean) ?? firstProblem(Object.values(fields) as Value[])
}

function firstProblem(values: readonly Value[]): string | undefined {
  for (const value of values) {
    const problem = valueProblem(value)
    if (problem !== undefined) return problem
  }
  return undefined
}

function dateProblem(date: Date): string | undefined {
  return isStorableDate(date) ? undefined : "Firestore's dates lie in the years 1 to 9999"
}

function nameProblem(field: string): string | undefined {
  return Buffer.byteLength(field) > maxName
    ? `Firestore's field names have at most ${maxName} bytes (${page})`
    : undefined
}
