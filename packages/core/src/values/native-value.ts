import type { NativeValue } from "@nosql/contracts"

/** Shared between copies of this package, so that a document read through one can be written through the other. */
const marker = Symbol.for("@nosql/core/NativeValue")

/** Makes the frozen carrier of a value that only `driver` understands. */
export function nativeValue({ driver, type, text }: NativeValue): NativeValue {
  const value = { driver, type, text }
  // Not enumerable: the carrier prints and compares as its three fields.
  Object.defineProperty(value, marker, { value: true })
  return Object.freeze(value)
}

export function isNativeValue(value: unknown): value is NativeValue {
  return typeof value === "object" && value !== null && marker in value
}
