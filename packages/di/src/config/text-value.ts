import { type JsonSchema, typesOf } from "./json-schema.ts"

/** What a variable's text means where the schema asks for a number, a boolean, a list or an object. Other text stays text. */
export function textValue(text: string, schema: JsonSchema): unknown {
  const types = typesOf(schema)
  const trimmed = text.trim()
  if (types === undefined) return text
  if (types.has("boolean") && /^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === "true"
  if ((types.has("integer") || types.has("number")) && /^[+-]?\d+(\.\d+)?$/.test(trimmed))
    return Number(trimmed)
  if ((types.has("array") && trimmed.startsWith("[")) || (types.has("object") && trimmed.startsWith("{"))) {
    return parsed(trimmed) ?? text
  }
  return text
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
