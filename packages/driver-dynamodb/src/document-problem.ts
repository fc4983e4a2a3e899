import type { Document, Value } from "@nosql/contracts"
import { isNativeValue } from "@nosql/core/driver"

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const maxBytes = 400 * 1024
/** So that an index of any keys finds room for it. */
const maxIdBytes = 512

/** Why DynamoDB cannot hold this id, or undefined. */
export function idProblem(id: string): string | undefined {
  const bytes = Buffer.byteLength(id)
  return bytes > maxIdBytes ? `has ${bytes} bytes; an _id has at most ${maxIdBytes} on DynamoDB` : undefined
}

/** At most so many bytes of a request. */
export function documentSize(document: Document): number {
  return sizeOf(document, upperText)
}

/** Why DynamoDB cannot hold this document, or undefined: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export function documentProblem(document: Document): string | undefined {
  // Most are so small that no byte need be counted.
  if (documentSize(document) <= maxBytes) return undefined
  const bytes = sizeOf(document, Buffer.byteLength)
  return bytes > maxBytes
    ? `the document has about ${Math.ceil(bytes / 1024)} KB, and a DynamoDB item at most 400 KB, the names of its fields included`
    : undefined
}

function upperText(text: string): number {
  return text.length * 3
}

function sizeOf(value: Value, textSize: (text: string) => number): number {
  switch (typeof value) {
    case "string":
      return textSize(value)
    case "number":
    case "bigint":
      return 1 + Math.ceil(String(value).replace(/^-|\.|e.*$|0+$/g, "").length / 2)
    case "object":
      return value === null ? 1 : sizeOfObject(value, textSize)
    default:
      return 1
  }
}

function sizeOfObject(value: object, textSize: (text: string) => number): number {
  if (value instanceof Uint8Array) return value.length
  if (value instanceof Date) return 24
  if (isNativeValue(value)) return value.text.length
  let size = 3
  if (Array.isArray(value)) {
    for (const item of value as Value[]) size += 1 + sizeOf(item, textSize)
    return size
  }
  for (const field in value)
    size += 1 + textSize(field) + sizeOf((value as Document)[field] as Value, textSize)
  return size
}
