import { conjuncts, equalityOn, type Query } from "@nosql/core/driver"
import { printFields } from "./build-request.ts"
import type { DynamoRead } from "./dynamo-read.ts"
import { decodeMapped } from "./mapped-codec.ts"
import { fieldsToRead } from "./mapped-fields.ts"
import { combinations, keysOfIds, valuesOf } from "./mapped-keys.ts"
import { mappedPlan } from "./mapped-plan.ts"
import { keysOfTable, type MappedTable } from "./mapped-table.ts"
import { type ReadPlan, unitsOf } from "./read-plan.ts"

/** Items whose whole keys are given. */
export function planMappedKeys(query: Query, table: MappedTable): ReadPlan | undefined {
  const { filter } = query
  const id = equalityOn(filter, ["_id"])
  const parts = keysOfTable(table).map(({ name }) => equalityOn(filter, [name]))
  const nodes = id !== undefined ? [id] : parts.filter((part) => part !== undefined)
  if (id === undefined && nodes.length < parts.length) return undefined
  const keys = id !== undefined ? keysOfIds(valuesOf(id), table) : combinations(nodes.map(valuesOf), table)
  if (keys === undefined) return undefined
  const rest = conjuncts(filter).filter((node) => !nodes.includes(node as never))
  const sorted = query.sort.length === 0 || (keys.length < 2 && query.after === undefined)
  const options = {
    ...printFields(fieldsToRead(query, rest, table)),
    ConsistentRead: query.consistency !== "eventual",
  }
  const units = unitsOf(options.ConsistentRead)
  const as = (native: DynamoRead, reason: string) =>
    mappedPlan({ access: "key" }, native, query, { rest, sorted }, [reason])
  const [key, ...more] = keys
  if (key === undefined) return as({ kind: "none" }, "no document can have such a key")
  if (more.length === 0) {
    const input = { TableName: table.table, Key: key, ...options }
    return as({ kind: "item", input }, `the key is given: one GetItem, ${units} of each document`)
  }
  const ids = keys.map((each) => decodeMapped(each, table)["_id"] as string)
  return as(
    { kind: "items", table: table.table, ids, options },
    `${ids.length} keys are given: BatchGetItem, ${units} of each document`,
  )
}
