import type { Value } from "@nosql/contracts"
import { isPlainObject } from "@nosql/core/driver"
import { decodeValue } from "./decode-value.ts"
import { encodeValue } from "./encode-value.ts"
import { mapFields } from "./map-fields.ts"

const undeclared = { ids: "auto", fields: {} } as const

/**
 * A value of the `bson` package as a document of the store holds it.
 *
 * @example
 * await orders.insertOne({ price: fromBson(Decimal128.fromString("1.10")) })
 */
export function fromBson(value: unknown): Value {
  return decodeValue(copyBson(value), "", undeclared)
}

/**
 * The inverse: a value that the store returned as the `bson` package has it.
 *
 * @example
 * const price = toBson(order.price) as Decimal128
 * @throws NoSQLError `invalid-argument` where the value is native to another driver, or broken.
 */
export function toBson(value: Value): unknown {
  return encodeValue(value, "", undeclared)
}

/** Reading turns objects and arrays in place; the caller's stay. */
function copyBson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyBson)
  return isPlainObject(value) ? mapFields(value, copyBson) : value
}
