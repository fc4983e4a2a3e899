import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Value } from "@nosql/contracts"
import { isNativeValue } from "@nosql/core/driver"
import { encodeValue } from "./value-codec.ts"

/** A table of another program's that a collection is, as the options say. */
export interface TableMapping {
  /** Its whole name: `tablePrefix` is not put before it. */
  readonly table: string
  readonly keys: {
    /** The name of the partition key. */
    readonly partition: string
    /** The name of the sort key, where the table has one. */
    readonly sort?: string
  }
}

/** The same as the table itself tells it. */
export interface MappedTable {
  readonly table: string
  readonly partition: KeyAttribute
  readonly sort?: KeyAttribute
}

export interface KeyAttribute {
  readonly name: string
  /** Keys of bytes are not mapped. */
  readonly type: "S" | "N"
}

export function keysOfTable({ partition, sort }: MappedTable): readonly KeyAttribute[] {
  return sort === undefined ? [partition] : [partition, sort]
}

/** A value as that of a key; undefined where no key can have it. */
export function keyValue({ type }: KeyAttribute, value: Value | undefined): AttributeValue | undefined {
  if (type === "S") return typeof value === "string" && value !== "" ? { S: value } : undefined
  const isNumber = typeof value === "number" || typeof value === "bigint"
  return isNumber || (isNativeValue(value) && value.type === "N") ? encodeValue(value) : undefined
}
