/** A value in Firestore's own form: one field, named after its type. https://cloud.google.com/firestore/docs/reference/rpc/google.firestore.v1#value */
export interface ProtoValue {
  readonly nullValue?: unknown
  readonly booleanValue?: boolean
  /** Digits, so that an int64 loses none. */
  readonly integerValue?: string | number
  /** Over REST, NaN and the infinities are words. */
  readonly doubleValue?: number | string
  readonly timestampValue?: ProtoTimestamp | string
  readonly stringValue?: string
  /** Over REST, base64. */
  readonly bytesValue?: Uint8Array | string
  readonly referenceValue?: string
  readonly geoPointValue?: { readonly latitude?: number; readonly longitude?: number }
  readonly arrayValue?: { readonly values?: readonly ProtoValue[] }
  readonly mapValue?: { readonly fields?: ProtoFields }
}

interface ProtoTimestamp {
  readonly seconds?: string | number
  readonly nanos?: number
}

export type ProtoFields = Readonly<Record<string, ProtoValue>>

const types = [
  "stringValue",
  "integerValue",
  "doubleValue",
  "booleanValue",
  "timestampValue",
  "mapValue",
  "arrayValue",
  "nullValue",
  "bytesValue",
  "referenceValue",
  "geoPointValue",
] as const satisfies (keyof ProtoValue)[]

type ProtoType = (typeof types)[number]

/** Undefined for a type that this version does not know. */
export function protoType(value: ProtoValue): ProtoType | undefined {
  // Over gRPC the SDK says it; over REST the one field does.
  const { valueType } = value as { valueType?: ProtoType }
  if (valueType !== undefined && value[valueType] !== undefined) return valueType
  return types.find((type) => value[type] !== undefined)
}

/** Milliseconds; what lies between them is cut, towards the past. */
export function millisecondsOf(timestamp: ProtoTimestamp | string): number {
  // JavaScript reads no more than the milliseconds of an ISO date.
  if (typeof timestamp === "string") return Date.parse(timestamp)
  const { seconds = 0, nanos = 0 } = timestamp
  return Number(seconds) * 1000 + Math.floor(nanos / 1e6)
}
