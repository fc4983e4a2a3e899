import { type NativeValue, NoSQLError } from "@nosql/contracts"
import { isNativeValue, nativeValue } from "@nosql/core/driver"
import { BSON, type Document as BsonDocument, type ObjectId } from "mongodb"

const driver = "mongodb"

/** A BSON value that the portable language has no kind for, as canonical extended JSON, which keeps its type and every digit. */
export function carry(type: string, value: unknown): NativeValue {
  if (type === "ObjectId") return carryObjectId((value as ObjectId).toHexString())
  return nativeValue({ driver, type, text: BSON.EJSON.stringify(value as BsonDocument, { relaxed: false }) })
}

/** By far the commonest, in collections whose references are not declared. */
export function carryObjectId(hex: string): NativeValue {
  return nativeValue({ driver, type: "ObjectId", text: `{"$oid":"${hex}"}` })
}

/** The SDK reads a date beyond JavaScript's range (±8.64e15 ms) without its milliseconds: it can be carried, not written. */
export function carryBrokenDate(): NativeValue {
  return nativeValue({ driver, type: "Date", text: "beyond the range of JavaScript" })
}

/** The BSON value that is carried. */
export function uncarry({ driver: owner, type, text }: NativeValue): unknown {
  const value = owner === driver ? parse(text) : undefined
  if (typeOf(value) === type) return value
  throw new NoSQLError(
    "invalid-argument",
    `the text of a native value is no ${/^\w+$/.test(type) ? type : "BSON type"} in extended JSON, or a date beyond the range of JavaScript; leave such a field as it is in the store`,
    { backend: driver },
  )
}

function parse(text: string): unknown {
  try {
    return BSON.EJSON.parse(text, { relaxed: false })
  } catch {
    return undefined
  }
}

/** The name that BSON has for a value's type; undefined for what is no value of a BSON class. */
export function typeOf(value: unknown): string | undefined {
  if (value instanceof Date) return "Date"
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) === Object.prototype)
    return undefined
  const type: unknown = (value as { _bsontype?: unknown })._bsontype
  return typeof type === "string" ? type : undefined
}

/** Whether MongoDB would search with this value in `$in`, and refuse it in `$ne`, where others stand for themselves. */
export function isPattern(value: unknown): boolean {
  return isNativeValue(value) && value.type === "BSONRegExp"
}
