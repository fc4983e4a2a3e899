import type { Value } from "@nosql/contracts"

export type Kind = "null" | "number" | "string" | "boolean" | "date" | "binary" | "array" | "object"

/** What `$type` calls a value. */
export function kindOf(value: Value): Kind {
  if (value === null) return "null"
  if (typeof value === "bigint" || typeof value === "number") return "number"
  if (typeof value === "string") return "string"
  if (typeof value === "boolean") return "boolean"
  if (value instanceof Date) return "date"
  if (value instanceof Uint8Array) return "binary"
  return Array.isArray(value) ? "array" : "object"
}

export function isObject(value: unknown): value is Record<string, Value> {
  return typeof value === "object" && value !== null && kindOf(value as Value) === "object"
}

export function isArray(value: unknown): value is readonly Value[] {
  return Array.isArray(value)
}
