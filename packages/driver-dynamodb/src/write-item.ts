import { randomUUID } from "node:crypto"
import type { TransactWriteItem } from "@aws-sdk/client-dynamodb"
import type { DriverCall, IndexInfo } from "@nosql/core/driver"
import { ownerAttribute } from "./attribute-names.ts"
import { failedCondition, failedConditions } from "./cancellation.ts"
import { decodeItem, idKey } from "./item-codec.ts"
import type { Requests } from "./request.ts"
import type { TableState } from "./table-state.ts"
import { isExpired } from "./ttl.ts"
import {
  claimItem,
  type FormerOwner,
  releaseItem,
  stillFormer,
  type UniqueValue,
  uniqueValues,
  type ValueChanges,
} from "./unique-values.ts"
import type { Attributes } from "./value-codec.ts"

/** A conditional write of one document: that of a transaction, of which a single request has the same members. */
export type ItemWrite = Pick<TransactWriteItem, "Put" | "Update" | "Delete">

/** What became of it. */
export type WriteResult =
  | { readonly kind: "done" }
  /** Its condition did not hold; `found` is what stands there. `lost`: an earlier try may have been done. */
  | { readonly kind: "condition"; readonly found: Attributes | undefined; readonly lost: boolean }
  /** Another document holds a value of this unique index. */
  | { readonly kind: "taken"; readonly index: IndexInfo }
  | { readonly kind: "failed"; readonly error: unknown; readonly lost: boolean }

/** Other writers may take and leave a value while it is looked at; so often at most. */
const mostRounds = 8

/** Writes a document and what it holds of unique values: in one request, or in one transaction. */
export function writeItem(
  requests: Requests,
  state: TableState,
  write: ItemWrite,
  changes: ValueChanges,
  call: DriverCall,
): Promise<WriteResult> {
  return changes.claims.length + changes.releases.length === 0
    ? writeAlone(requests, write, call)
    : writeTogether(requests, state, write, changes, call)
}

async function writeAlone(
  requests: Requests,
  { Put, Update, Delete }: ItemWrite,
  call: DriverCall,
): Promise<WriteResult> {
  // Its condition names what it was read as, so that it cannot be done twice.
  const options = { repeatable: true }
  const { error, lost } =
    Put !== undefined
      ? await requests.ask("PutItem", Put, call, options)
      : Update !== undefined
        ? await requests.ask("UpdateItem", Update, call, options)
        : await requests.ask("DeleteItem", Delete as NonNullable<typeof Delete>, call, options)
  if (error === undefined) return { kind: "done" }
  const failed = failedCondition(error)
  return failed === undefined
    ? { kind: "failed", error, lost }
    : { kind: "condition", found: failed.item, lost }
}

async function writeTogether(
  requests: Requests,
  state: TableState,
  write: ItemWrite,
  { claims, releases }: ValueChanges,
  call: DriverCall,
): Promise<WriteResult> {
  const former = new Map<UniqueValue, FormerOwner>()
  const kept = new Set<UniqueValue>()
  for (let round = 1; ; round++) {
    const released = releases.filter((value) => !kept.has(value))
    // One of several values is looked at once: a transaction takes no item twice.
    const owners = [...new Map([...former.values()].map((owner) => [owner.id, owner])).values()]
    const values = [...claims, ...released]
    const items = [
      write,
      ...claims.map((value) => claimItem(state.table, value, former.get(value))),
      ...released.map((value) => releaseItem(state.table, value)),
      ...owners.map((owner) => stillFormer(state.table, owner)),
    ]
    // The token makes a repetition harmless: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
    const input = { TransactItems: items, ClientRequestToken: randomUUID() }
    const { error, lost } = await requests.ask("TransactWriteItems", input, call, { repeatable: true })
    if (error === undefined) return { kind: "done" }
    const failed = failedConditions(error)
    const own = failed.find(({ index }) => index === 0)
    if (own !== undefined) return { kind: "condition", found: own.item, lost: false }
    if (failed.length === 0 || round === mostRounds) return { kind: "failed", error, lost }
    for (const { index, item } of failed) {
      const value = values[index - 1]
      if (value === undefined) {
        const owner = owners[index - 1 - values.length]
        for (const claim of claims) if (former.get(claim)?.id === owner?.id) former.delete(claim)
      } else if (index > claims.length) kept.add(value)
      else {
        const left = await formerOwner(requests, state, value, item, call)
        if (left === "holds") return { kind: "taken", index: value.index }
        if (left === undefined) former.delete(value)
        else former.set(value, left)
      }
    }
  }
}

/** Whether the holder of a value is there and holds it: what is expired holds nothing, and DynamoDB's sweep removes documents and leaves their values. */
async function formerOwner(
  requests: Requests,
  state: TableState,
  { key }: UniqueValue,
  found: Attributes | undefined,
  call: DriverCall,
): Promise<FormerOwner | "holds" | undefined> {
  const id = found?.[ownerAttribute]?.S
  if (id === undefined) return undefined
  const input = { TableName: state.table, Key: idKey(id), ConsistentRead: true }
  const { Item: item } = await requests.send("GetItem", input, call)
  if (item === undefined) return { id, item }
  const document = decodeItem(item)
  if (isExpired(document, state.ttl)) return { id, item }
  const held = uniqueValues(document, state, call)
  return held.some((value) => value.key === key) ? "holds" : { id, item }
}
