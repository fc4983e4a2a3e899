import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Value } from "@nosql/contracts"
import { isNativeValue } from "@nosql/core/driver"
import { encodeValue } from "./value-codec.ts"

/** A table of another program's that a collection is, as the options say. */
export interface TableMapping {
  /** Its whole name: `tablePrefix` is not put before it. */
  readonly table: string
  readonly keys: KeyNames
  /** The table's own indexes by which queries may go, by their names. Their types, and what they project, the table tells. @default none */
  readonly indexes?: Readonly<Record<string, KeyNames>>
}

export interface KeyNames {
  /** The name of the partition key. */
  readonly partition: string
  /** The name of the sort key, where there is one. */
  readonly sort?: string
}

/** The same as the table itself tells it. */
export interface MappedTable extends MappedKeys {
  readonly table: string
  readonly indexes: readonly MappedIndex[]
}

export interface MappedKeys {
  readonly partition: KeyAttribute
  readonly sort?: KeyAttribute
}

/** An index of such a table. An item that lacks one of its keys is not in it. */
export interface MappedIndex extends MappedKeys {
  readonly name: string
  /** A local one is in the table's partitions, and may be read strongly. */
  readonly kind: "global" | "local"
  /** The attributes that it holds beside all keys. */
  readonly projects: "all" | readonly string[]
}

export interface KeyAttribute {
  readonly name: string
  /** Bytes in an index only: a table with such a key is not mapped. */
  readonly type: "S" | "N" | "B"
}

export function keysOfTable({ partition, sort }: MappedKeys): readonly KeyAttribute[] {
  return sort === undefined ? [partition] : [partition, sort]
}

/** A value as that of a key; undefined where no key can have it. */
export function keyValue({ type }: KeyAttribute, value: Value | undefined): AttributeValue | undefined {
  if (type === "S") return typeof value === "string" && value !== "" ? { S: value } : undefined
  if (type === "B") return value instanceof Uint8Array && value.length > 0 ? { B: value } : undefined
  const isNumber = typeof value === "number" || typeof value === "bigint"
  return isNumber || (isNativeValue(value) && value.type === "N") ? encodeValue(value) : undefined
}
