import type { Document, Value } from "@nosql/contracts"
import { type FieldPath, isNativeValue, type UpdateNode } from "@nosql/core/driver"
import { documentSize, valueSize } from "./document-size.ts"
import { isStorableDate } from "./storable-date.ts"

const page = "https://firebase.google.com/docs/firestore/quotas#collections_documents_and_fields"
const maxDocument = 1_048_576
const maxField = 1_048_487
/** Of a name, and of the names that lead to a field, with the dots between them. */
const maxName = 1500

/** Why Firestore cannot hold this document, or undefined. */
export function documentProblem(document: Document): string | undefined {
  const bytes = documentSize(document)
  if (bytes > maxDocument) return `it takes ${bytes} bytes, more than Firestore's ${maxDocument} (${page})`
  for (const field of Object.keys(document)) {
    const value = document[field] as Value
    if (valueSize(value) > maxField)
      return `"${field}" takes more than Firestore's ${maxField} bytes (${page})`
    const bytes = Buffer.byteLength(field)
    const problem = nameProblem(bytes) ?? valueProblem(value, bytes)
    if (problem !== undefined) return `"${field}": ${problem}`
  }
  return undefined
}

/** Whether what an update names and sets may be more than Firestore takes. Only the document that it makes says how much. */
export function mayNotFit(update: readonly UpdateNode[]): boolean {
  let bytes = 0
  for (const node of update) {
    if (pathBytes(node.path) > maxName) return true
    if (node.kind === "set") bytes += valueSize(node.value)
    else if (node.kind === "addToSet") bytes += valueSize([...node.values])
  }
  return bytes > maxField
}

/** The names that lead to a field, with the dots between them. */
export function pathBytes(path: FieldPath): number {
  return Buffer.byteLength(path.join("."))
}

/** Why Firestore cannot hold this value at a path of so many bytes, or undefined. */
export function valueProblem(value: Value, bytes: number): string | undefined {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return undefined
  if (value instanceof Date) return dateProblem(value)
  if (isNativeValue(value)) return undefined
  if (Array.isArray(value)) return firstOf(value, (item) => valueProblem(item as Value, bytes))
  const fields = value as Document
  return firstOf(Object.keys(fields), (name) => {
    const own = Buffer.byteLength(name)
    return (
      nameProblem(own) ??
      pathLengthProblem(bytes + 1 + own) ??
      valueProblem(fields[name] as Value, bytes + 1 + own)
    )
  })
}

function firstOf<T>(things: readonly T[], problemOf: (thing: T) => string | undefined): string | undefined {
  for (const thing of things) {
    const problem = problemOf(thing)
    if (problem !== undefined) return problem
  }
  return undefined
}

function dateProblem(date: Date): string | undefined {
  return isStorableDate(date) ? undefined : "Firestore's dates lie in the years 1 to 9999"
}

function nameProblem(bytes: number): string | undefined {
  return bytes > maxName ? `Firestore's field names have at most ${maxName} bytes (${page})` : undefined
}

function pathLengthProblem(bytes: number): string | undefined {
  return bytes > maxName
    ? `Firestore's paths have at most ${maxName} bytes, the dots between names included (${page})`
    : undefined
}
