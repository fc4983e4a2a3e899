import type { AttributeValue, TransactWriteItem } from "@aws-sdk/client-dynamodb"
import type { Document } from "@nosql/contracts"
import type { IndexInfo } from "@nosql/core/driver"
import { Aliases } from "./aliases.ts"
import { asRead } from "./as-read.ts"
import { keyAttribute, ownerAttribute, ttlAttribute } from "./attribute-names.ts"
import type { Expression } from "./expression.ts"
import { type KeyContext, uniqueKey } from "./index-key.ts"
import { idKey } from "./item-codec.ts"
import { printExpression } from "./print-expression.ts"
import type { TableState } from "./table-state.ts"
import { ttlSeconds } from "./ttl.ts"
import type { Attributes } from "./value-codec.ts"

/** A unique value that a document holds, by an item of its own. */
export interface UniqueValue {
  readonly key: string
  readonly index: IndexInfo
  readonly owner: string
  /** When the owner expires, and the value is free with it. */
  readonly ttl: AttributeValue | undefined
}

/** What a write takes and gives back. */
export interface ValueChanges {
  readonly claims: readonly UniqueValue[]
  readonly releases: readonly UniqueValue[]
}

const noChanges: ValueChanges = { claims: [], releases: [] }

/** The values that a document holds in the unique indexes of its table. */
export function uniqueValues(
  document: Document,
  { unique, ttl }: TableState,
  context: KeyContext,
): UniqueValue[] {
  return unique.flatMap((index) => {
    const key = uniqueKey(document, index, context)
    if (key === undefined) return []
    const seconds = ttl?.hide === true ? ttlSeconds(document, ttl) : undefined
    return [{ key, index, owner: document["_id"] as string, ttl: seconds }]
  })
}

/** From one state of a document to the next; undefined is none. */
export function changeValues(before: readonly UniqueValue[], after: readonly UniqueValue[]): ValueChanges {
  const same = (a: UniqueValue, b: UniqueValue) => a.key === b.key && a.ttl?.N === b.ttl?.N
  const claims = after.filter((value) => !before.some((held) => same(held, value)))
  const releases = before.filter(({ key }) => !after.some((value) => value.key === key))
  return claims.length + releases.length === 0 ? noChanges : { claims, releases }
}

/** An owner that does not hold the value any more, and as what it was seen so. */
export interface FormerOwner {
  readonly id: string
  /** Undefined where the document is gone. */
  readonly item: Attributes | undefined
}

/** Takes a value that nobody holds, that its owner writes again, or that a former owner left behind. */
export function claimItem(table: string, value: UniqueValue, former?: FormerOwner): TransactWriteItem {
  const owner = former?.id ?? value.owner
  return {
    Put: {
      TableName: table,
      Item: {
        [keyAttribute]: { S: value.key },
        [ownerAttribute]: { S: value.owner },
        ...(value.ttl === undefined ? {} : { [ttlAttribute]: value.ttl }),
      },
      ConditionExpression: "attribute_not_exists(#k) OR #o = :o",
      ExpressionAttributeNames: { "#k": keyAttribute, "#o": ownerAttribute },
      ExpressionAttributeValues: { ":o": { S: owner } },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    },
  }
}

/** That a former owner did not take its values back in between. */
export function stillFormer(table: string, { id, item }: FormerOwner): TransactWriteItem {
  const aliases = new Aliases()
  const condition: Expression =
    item === undefined
      ? { kind: "call", name: "attribute_not_exists", path: [keyAttribute] }
      : asRead(item, {}, (name) => name === keyAttribute)
  return {
    ConditionCheck: {
      TableName: table,
      Key: idKey(id),
      ConditionExpression: printExpression(condition, aliases),
      ...aliases.parts(),
    },
  }
}

/** Gives a value back; one that another document holds by now stays with it. */
export function releaseItem(table: string, { key, owner }: UniqueValue): TransactWriteItem {
  return {
    Delete: {
      TableName: table,
      Key: { [keyAttribute]: { S: key } },
      ConditionExpression: "attribute_not_exists(#k) OR #o = :o",
      ExpressionAttributeNames: { "#k": keyAttribute, "#o": ownerAttribute },
      ExpressionAttributeValues: { ":o": { S: owner } },
    },
  }
}
