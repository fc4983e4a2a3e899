import type { Document, Value } from "@nosql/contracts"
import { isNativeValue } from "@nosql/core/driver"
import { type KeyAttribute, keyValue, type MappedTable } from "./mapped-table.ts"
import { decodeNumber } from "./number-codec.ts"
import type { Attributes } from "./value-codec.ts"

/** Stands between the two keys; in the first of them it is escaped, the second follows as it is. */
const separator = "|"

/**
 * The `_id` of a document that has these key values: the one there is, or both, joined. Undefined where a value is none of a key's.
 *
 * @example
 * idOfKeys(["USER#1", 7]) // "USER#1|7"
 * idOfKeys(["a|b", "c"]) // "a\\|b|c"
 */
export function idOfKeys(values: readonly (Value | undefined)[]): string | undefined {
  const [partition, sort] = values.map(textOf)
  if (partition === undefined || values.length === 1) return partition
  return sort === undefined ? undefined : partition.replace(/[\\|]/g, "\\$&") + separator + sort
}

/** That of a document by its fields; its values alone tell, no table is asked. */
export function idOfDocument(
  document: Document,
  { partition, sort }: { readonly partition: string; readonly sort?: string },
): string | undefined {
  return idOfKeys([partition, ...(sort === undefined ? [] : [sort])].map((name) => document[name]))
}

function textOf(value: Value | undefined): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value
  if (typeof value === "number" || typeof value === "bigint") return String(value)
  return isNativeValue(value) && value.type === "N" ? value.text : undefined
}

/** The key that an `_id` stands for; undefined where no document of the table can have it. */
export function keyOfId(id: string, { partition, sort }: MappedTable): Attributes | undefined {
  if (sort === undefined) return keyOf([[partition, id]])
  const [, head, tail] = /^((?:[^\\|]|\\[\\|])*)\|(.*)$/s.exec(id) ?? []
  if (head === undefined || tail === undefined) return undefined
  return keyOf([
    [partition, head.replace(/\\([\\|])/g, "$1")],
    [sort, tail],
  ])
}

function keyOf(parts: readonly (readonly [KeyAttribute, string])[]): Attributes | undefined {
  const key: Attributes = {}
  for (const [attribute, text] of parts) {
    const value = keyValue(attribute, attribute.type === "S" ? text : numberOf(text))
    if (value === undefined) return undefined
    key[attribute.name] = value
  }
  return key
}

/** A number has one text; another one of the same number is no document's. */
function numberOf(text: string): Value | undefined {
  if (!/^-?\d[\d.eE+-]*$/.test(text) || !Number.isFinite(Number(text))) return undefined
  const value = decodeNumber(text)
  return textOf(value) === text ? value : undefined
}
