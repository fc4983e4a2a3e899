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
  return sizeOf(document, upper)
}

/** Why DynamoDB cannot hold this document, which takes `atMost` so many bytes, beside so many of the store's own, or undefined: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export function documentProblem(
  document: Document,
  own = 0,
  atMost = documentSize(document),
): string | undefined {
  // Most are so small that no byte need be counted.
  if (atMost + own <= maxBytes) return undefined
  const bytes = itemSize(document) + own
  return bytes > maxBytes
    ? `the document has about ${Math.ceil(bytes / 1024)} KB${own === 0 ? "" : `, ${own} bytes of the store's own with it`}, and a DynamoDB item at most 400 KB, the names of its fields included`
    : undefined
}

/** Of the document's attributes: they are no map in another one. */
function itemSize(document: Document): number {
  let size = 0
  for (const field in document) size += exact.text(field) + sizeOf(document[field] as Value, exact)
  return size
}

interface Sizes {
  readonly text: (text: string) => number
  readonly number: (number: number | bigint) => number
}

const upper: Sizes = { text: (text) => text.length * 3, number: () => 21 }

const exact: Sizes = {
  text: Buffer.byteLength,
  number: (number) => 1 + Math.ceil(String(number).replace(/^-|\.|e.*$|0+$/g, "").length / 2),
}

function sizeOf(value: Value, sizes: Sizes): number {
  switch (typeof value) {
    case "string":
      return sizes.text(value)
    case "number":
    case "bigint":
      return sizes.number(value)
    case "object":
      return value === null ? 1 : sizeOfObject(value, sizes)
    default:
      return 1
  }
}

function sizeOfObject(value: object, sizes: Sizes): number {
  if (value instanceof Uint8Array) return value.length
  if (value instanceof Date) return 24
  if (isNativeValue(value)) return value.text.length
  let size = 3
  if (Array.isArray(value)) {
    for (const item of value as Value[]) size += 1 + sizeOf(item, sizes)
    return size
  }
  for (const field in value)
    size += 1 + sizes.text(field) + sizeOf((value as Document)[field] as Value, sizes)
  return size
}
