import type { Value } from "@nosql/contracts"
import { encodeAst } from "../ast/codec.ts"
import { compareStrings, kindOf } from "./compare-values.ts"

/** JSON with the keys of objects by code point and numbers as they are read. What JSON lacks is tagged as the codec does it. */
export function canonicalJson(value: Value): string {
  switch (kindOf(value)) {
    case "number":
      return String(value)
    case "array":
      return `[${(value as readonly Value[]).map(canonicalJson).join(",")}]`
    case "object": {
      const fields = Object.entries(value as Readonly<Record<string, Value>>)
      fields.sort(([a], [b]) => compareStrings(a, b))
      return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`
    }
    default:
      return encodeAst(value)
  }
}
