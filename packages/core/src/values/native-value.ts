import type { NativeValue } from "@nosql/contracts"

/** Shared between copies of this package, so that a document read through one can be written through the other. */
const marker = Symbol.for("@nosql/core/NativeValue")

/** The prototype of carriers has the marker: a carrier prints and compares as its three fields, and is no plain object. */
const carrier = Object.defineProperty({}, marker, { value: true })

/** Makes the frozen carrier of a value that only `driver` understands. */
export function nativeValue({ driver, type, text }: NativeValue): NativeValue {
  return Object.freeze(Object.assign(Object.create(carrier) as object, { driver, type, text }))
}

/** Whether a value is a carrier that `nativeValue` made, in this copy of the package or another. */
export function isNativeValue(value: unknown): value is NativeValue {
  return typeof value === "object" && value !== null && marker in value
}
