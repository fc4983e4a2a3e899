import type { Value } from "@nosql/contracts"
import { kindOf } from "@nosql/core/driver"
import { isStorableDate } from "./storable-date.ts"

/** False for what holds a date that no document can hold. */
export function isStorable(value: Value): boolean {
  return inner(value).every((item) => !(item instanceof Date) || isStorableDate(item))
}

/** Indexes cut a value at 1,500 bytes, so that a longer operand may find too few: https://firebase.google.com/docs/firestore/quotas#indexes */
export function isTooLongForIndex(value: Value): boolean {
  return inner(value).reduce<number>((bytes, item) => bytes + sizeOf(item), 0) >= 1500
}

function sizeOf(value: Value): number {
  if (typeof value === "string") return Buffer.byteLength(value)
  return value instanceof Uint8Array ? value.length : 16
}

/** The value, and all that it holds, names of fields included. */
function inner(value: Value): Value[] {
  const kind = kindOf(value)
  if (kind === "array") return [value, ...(value as readonly Value[]).flatMap(inner)]
  if (kind !== "object") return [value]
  return [value, ...Object.entries(value as object).flatMap(([name, item]) => [name, ...inner(item)])]
}
