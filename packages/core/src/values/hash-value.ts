import type { Value } from "@nosql/contracts"
import { encodeAst } from "../ast/codec.ts"
import { kindOf } from "./compare-values.ts"
import { defineField } from "./plain-object.ts"

/** Text that is equal exactly where the values are: canonical JSON, in which 2^60 is one number and keys have one order. */
export function hashValue(value: Value): string {
  return encodeAst(canonical(value))
}

function canonical(value: Value): Value {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(canonical)
  if (kindOf(value) !== "object") return value
  const fields = value as { readonly [field: string]: Value }
  const sorted = {}
  for (const key of Object.keys(fields).sort()) defineField(sorted, key, canonical(fields[key] as Value))
  return sorted
}
