import { isDeepStrictEqual } from "node:util"
import type { Document, NoSQLError, Value } from "@nosql/contracts"
import { argumentError } from "@nosql/core/driver"
import { decodeItem } from "./item-codec.ts"
import { idOfKeys } from "./mapped-id.ts"
import { keysOfTable, keyValue, type MappedTable } from "./mapped-table.ts"
import { type Attributes, encodeFields } from "./value-codec.ts"

interface MappedContext {
  readonly operation: string
  readonly collection: string
}

/** The document in an item of another program's: its fields are all of it, the keys among them, beside the `_id` that they make. */
export function decodeMapped(item: Attributes, table: MappedTable): Document {
  return mappedDocument(decodeItem(item), table)
}

/** The same of the item's attributes as values. */
export function mappedDocument({ _id: _, ...fields }: Document, table: MappedTable): Document {
  return { _id: idOfKeys(keysOfTable(table).map(({ name }) => fields[name])) ?? "", ...fields }
}

const kindOfKey = { S: "a string, not empty,", N: "a number", B: "bytes" } as const

/**
 * A document as an item of the table, its `_id` in the keys alone.
 * `read` is what it is to replace.
 * @throws NoSQLError `invalid-argument` where the key fields are missing, of another kind, or others than the `_id` says, and where a date is in it.
 */
export function encodeMapped(
  document: Document,
  table: MappedTable,
  context: MappedContext,
  read?: Attributes,
): Attributes {
  const { _id: id, ...fields } = document
  const keys = keysOfTable(table)
  for (const key of keys) {
    if (keyValue(key, fields[key.name]) !== undefined) continue
    throw invalid(
      context,
      key.name,
      `is a key of table "${table.table}": a document has ${kindOfKey[key.type]} there, and it stays as it is`,
    )
  }
  if (idOfKeys(keys.map(({ name }) => fields[name])) !== id) {
    const changed =
      read && keys.find((key) => !isDeepStrictEqual(keyValue(key, fields[key.name]), read[key.name]))
    throw invalid(
      context,
      changed?.name ?? "_id",
      `the key fields (${keys.map(({ name }) => name).join(", ")}) make the _id, and cannot be changed; leave _id out of an insert, and to move a document insert it anew`,
    )
  }
  for (const key of table.indexes.flatMap(keysOfTable)) {
    const value = fields[key.name]
    if (value === undefined || keyValue(key, value) !== undefined) continue
    throw invalid(
      context,
      key.name,
      `is a key of an index of table "${table.table}", which takes ${kindOfKey[key.type]} there and nothing else; leave the field out where there is none`,
    )
  }
  const date = datePath(fields, [])
  if (date !== undefined)
    throw invalid(
      context,
      date,
      "is a Date, for which DynamoDB has no type that the table's other programs would know; write a string or a number",
    )
  return encodeFields(fields)
}

function datePath(value: Value | undefined, path: readonly string[]): string | undefined {
  if (value instanceof Date) return path.join(".")
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return undefined
  for (const [name, inner] of Object.entries(value)) {
    const found = datePath(inner as Value, [...path, name])
    if (found !== undefined) return found
  }
  return undefined
}

function invalid({ operation, collection }: MappedContext, path: string, problem: string): NoSQLError {
  return argumentError({ operation, collection, backend: "dynamodb" }, path, problem)
}
