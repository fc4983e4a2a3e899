import { NoSQLError } from "@nosql/contracts"
import { nativeValue } from "@nosql/core/driver"
import { type ProtoValue, protoType } from "./proto-value.ts"

type NativeValue = ReturnType<typeof nativeValue>

const driver = "firestore"

/** What the portable language does not know, as a NativeValue: its type's name, and Firestore's own JSON form of it. */
export function carry(value: ProtoValue): NativeValue {
  const type = protoType(value)
  if (type === undefined) return nativeValue({ driver, type: "unknown", text: "" })
  const held = value[type]
  const text = JSON.stringify(typeof held === "number" && !Number.isFinite(held) ? String(held) : held)
  return nativeValue({ driver, type: type.replace("Value", ""), text })
}

/** The value that is carried, in a form that the SDK sends as it is. */
export function uncarry({ driver: owner, type, text }: NativeValue): CarriedValue | number {
  const held = owner === driver ? parse(text) : undefined
  const value = { [`${type}Value`]: held } as ProtoValue
  if (held === undefined || protoType(value) === undefined)
    throw new NoSQLError(
      "invalid-argument",
      `the text of a native value is no ${/^\w+$/.test(type) ? type : "type"} of Firestore's; leave such a field as it is in the store`,
      { backend: driver },
    )
  // The SDK asks for NaN in words of its own.
  return type === "double" ? Number(held) : new CarriedValue(value)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The SDK asks its own values for their wire form, and by these two names whatever else has one. */
export class CarriedValue {
  readonly _protoValueType = "ProtoValue"
  readonly #value: ProtoValue

  constructor(value: ProtoValue) {
    this.#value = value
  }

  _toProto(): ProtoValue {
    return this.#value
  }
}
