import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import { type NativeValue, NoSQLError } from "@nosql/contracts"
import { nativeValue } from "@nosql/core/driver"

const driver = "dynamodb"

/** A number that no double and no integer of 64 bits is equal to. */
export function carryNumber(text: string): NativeValue {
  return nativeValue({ driver, type: "N", text })
}

/** A set, as a JSON array of its members; bytes in base64. Sorted: the order of a set means nothing, and equal ones read the same. */
export function carrySet(type: "SS" | "NS" | "BS", members: readonly (string | Uint8Array)[]): NativeValue {
  const texts = members.map((member) =>
    typeof member === "string" ? member : Buffer.from(member).toString("base64"),
  )
  return nativeValue({ driver, type, text: JSON.stringify(texts.sort()) })
}

/** The attribute that is carried. */
export function uncarry({ driver: owner, type, text }: NativeValue): AttributeValue {
  const attribute = owner === driver ? parse(type, text) : undefined
  if (attribute !== undefined) return attribute
  throw new NoSQLError(
    "invalid-argument",
    "a native value is none of DynamoDB's (N, SS, NS, BS); leave such a field as it is in the store",
    { backend: driver },
  )
}

function parse(type: string, text: string): AttributeValue | undefined {
  if (type === "N") return /^-?\d[\d.eE+-]*$/.test(text) ? { N: text } : undefined
  const members = parseTexts(text)
  if (members === undefined || members.length === 0) return undefined
  switch (type) {
    case "SS":
      return { SS: members }
    case "NS":
      return { NS: members }
    case "BS":
      return { BS: members.map((member) => new Uint8Array(Buffer.from(member, "base64"))) }
    default:
      return undefined
  }
}

function parseTexts(text: string): string[] | undefined {
  try {
    const members: unknown = JSON.parse(text)
    return Array.isArray(members) && members.every((member) => typeof member === "string")
      ? members
      : undefined
  } catch {
    return undefined
  }
}
