import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import { keysOfTable, type MappedKeys, type MappedTable } from "../src/mapped-table.ts"
import { type Condition, ExpressionReader, markUsed, type Placeholders } from "./lint-expression.ts"

type Fields = Readonly<Record<string, unknown>>
type Item = Readonly<Record<string, AttributeValue>>

/** A table of ours: every one has this key. Its indexes are known by the names of their attributes. */
const ownTable: MappedTable = { table: "", partition: { name: "_nosql_pk", type: "S" }, indexes: [] }

/** Throws where AWS would refuse a request by its form, which local servers in part do not. `mapped`: the tables that are not ours. */
export function lintRequest(name: string, input: object, mapped: readonly MappedTable[] = []): void {
  const fields = input as Fields
  const of = (table: unknown) => mapped.find((other) => other.table === table) ?? ownTable
  const table = of(fields["TableName"])
  switch (name) {
    case "GetItem":
      checkKey(fields["Key"] as Item, table)
      break
    case "Query":
    case "Scan":
      checkWalk(fields, table)
      break
    case "BatchGetItem":
      for (const [name, request] of Object.entries(fields["RequestItems"] as Record<string, Fields>)) {
        const keys = request["Keys"] as readonly Item[]
        for (const key of keys) checkKey(key, of(name))
        checkDistinct(keys, 100)
        lintExpressions(request)
      }
      return
    case "BatchWriteItem": {
      const writes = Object.values(fields["RequestItems"] as Record<string, readonly Fields[]>).flat()
      const items = writes.map((write) => itemOf(write["PutRequest"]) ?? keyOf(write["DeleteRequest"]))
      checkDistinct(
        items.map((item) => keyPart(item, ownTable)),
        25,
      )
      for (const item of items) checkItem(item, ownTable)
      return
    }
    case "TransactWriteItems": {
      const writes = (fields["TransactItems"] as readonly Fields[]).map(
        (write) => Object.values(write)[0] as Fields,
      )
      checkDistinct(
        writes.map((write) => ({
          ...keyPart(itemOf(write) ?? keyOf(write), of(write["TableName"])),
          table: { S: String(write["TableName"]) },
        })),
        100,
      )
      for (const write of writes) lintWrite(write, of(write["TableName"]))
      return
    }
    case "PutItem":
    case "UpdateItem":
    case "DeleteItem":
      lintWrite(fields, table)
      return
  }
  lintExpressions(fields)
}

/** A walk begins at a key of the index and of the table, and by a global index reads eventually. */
function checkWalk(fields: Fields, table: MappedTable): void {
  const { IndexName, Limit, ConsistentRead, ExclusiveStartKey } = fields
  if (Limit !== undefined && !(Number(Limit) >= 1 && Number(Limit) < 2 ** 31))
    throw new Error("Limit is at least 1, and of 32 bits")
  const index = table.indexes.find(({ name }) => name === IndexName)
  if (IndexName !== undefined && table !== ownTable && index === undefined)
    throw new Error(`the table does not have the specified index: ${IndexName}`)
  if (IndexName !== undefined && ConsistentRead === true && index?.kind !== "local")
    throw new Error("consistent reads are not supported on global secondary indexes")
  if (table === ownTable) return
  const keys: MappedKeys = index ?? table
  if (ExclusiveStartKey !== undefined) {
    const names = [...new Set([...keysOfTable(table), ...keysOfTable(keys)].map(({ name }) => name))]
    if (
      Object.keys(ExclusiveStartKey as object)
        .sort()
        .join() !== names.sort().join()
    )
      throw new Error("the provided starting key is invalid")
  }
  const text = fields["KeyConditionExpression"]
  if (text === undefined) return
  const { conditions } = new ExpressionReader(text as string, placeholdersOf(fields)).readCondition()
  for (const [i, key] of [keys.partition, keys.sort].entries()) {
    const condition = conditions[i]
    if (condition === undefined) continue
    if (condition.left !== key?.name) throw new Error(`query key condition not supported: ${condition.left}`)
    if (condition.values.some((value) => value?.[key.type] === undefined))
      throw new Error(`condition parameter type does not match schema type: ${key.name}`)
  }
}

function lintWrite(write: Fields, table: MappedTable): void {
  const item = itemOf(write)
  if (item === undefined) checkKey(keyOf(write), table)
  else checkItem(item, table)
  lintExpressions(write)
}

function itemOf(write: unknown): Item | undefined {
  return (write as Fields | undefined)?.["Item"] as Item | undefined
}

function keyOf(write: unknown): Item {
  return (write as Fields)["Key"] as Item
}

function keyPart(item: Item, table: MappedTable): Item {
  return Object.fromEntries(keysOfTable(table).map(({ name }) => [name, item[name] as AttributeValue]))
}

function checkDistinct(keys: readonly Item[], most: number): void {
  if (keys.length === 0 || keys.length > most) throw new Error(`between 1 and ${most} items`)
  if (new Set(keys.map((key) => JSON.stringify(key))).size < keys.length)
    throw new Error("the same item twice")
}

function checkKey(key: Item, table: MappedTable): void {
  const names = keysOfTable(table).map(({ name }) => name)
  if (Object.keys(key).sort().join() !== names.sort().join())
    throw new Error("a key has the table's key attributes and no other")
  checkItem(key, table)
}

/** Keys of the table and of its indexes are neither empty nor too long, and of their own type; an item may lack those of an index. */
function checkItem(item: Item, table: MappedTable): void {
  for (const keys of [table, ...table.indexes]) {
    for (const key of keysOfTable(keys)) {
      const value = item[key.name]
      if (value === undefined && keys !== table) continue
      if (value?.[key.type] === undefined) throw new Error(`type mismatch for key ${key.name}`)
      checkLength(lengthOf(value), key === keys.partition ? 2048 : 1024, key.name)
    }
  }
  for (const [name, value] of Object.entries(item)) {
    if (/^_nosql_.+_h$/.test(name)) checkLength(value.B?.length, 2048, name)
    else if (/^_nosql_.+_r$/.test(name)) checkLength(value.B?.length, 1024, name)
  }
}

function lengthOf(value: AttributeValue): number {
  return value.B?.length ?? Buffer.byteLength(value.S ?? value.N ?? "")
}

function checkLength(length: number | undefined, most: number, name: string): void {
  if (length === undefined || length === 0 || length > most)
    throw new Error(`the key ${name} is empty, too long or mistyped`)
}

function placeholdersOf(request: Fields): Placeholders {
  return {
    names: (request["ExpressionAttributeNames"] ?? {}) as Placeholders["names"],
    values: (request["ExpressionAttributeValues"] ?? {}) as Placeholders["values"],
    used: new Set(),
  }
}

function lintExpressions(request: Fields): void {
  const placeholders = placeholdersOf(request)
  const read = (field: string): readonly Condition[] => {
    const text = request[field]
    return text === undefined
      ? []
      : new ExpressionReader(text as string, placeholders).readCondition().conditions
  }
  const key = read("KeyConditionExpression")
  const filter = read("FilterExpression")
  read("ConditionExpression")
  const projection = request["ProjectionExpression"] as string | undefined
  if (projection !== undefined) new ExpressionReader(projection, placeholders).readPaths()
  markUsed((request["UpdateExpression"] ?? "") as string, placeholders)
  if (request["KeyConditionExpression"] !== undefined) checkKeyCondition(key, filter)
  for (const field of ["ExpressionAttributeNames", "ExpressionAttributeValues"]) {
    if (request[field] !== undefined && Object.keys(request[field] as object).length === 0)
      throw new Error(`${field} is empty`)
  }
  const operands = { names: placeholders.names, values: placeholders.values }
  // More than what is counted; nothing of ours is so near the limit.
  if (JSON.stringify(operands).length > 2 * 1024 * 1024) throw new Error("names and values are over 2 MB")
  for (const alias of [...Object.keys(placeholders.names), ...Object.keys(placeholders.values)]) {
    if (!placeholders.used.has(alias)) throw new Error(`"${alias}" is declared and not used`)
  }
}

const rangeOperators = ["=", "<", "<=", ">", ">=", "BETWEEN", "begins_with"]

/** One equality on the partition, at most one condition on the order, and neither attribute in the filter. */
function checkKeyCondition(key: readonly Condition[], filter: readonly Condition[]): void {
  const [hash, range, ...more] = key
  if (hash?.operator !== "=" || more.length > 0)
    throw new Error("a key condition is an equality and at most one more")
  if (range !== undefined && (range.left === hash.left || !rangeOperators.includes(range.operator)))
    throw new Error("must only contain one condition per key")
  for (const { left, values } of key) {
    const most = left === hash.left ? 2048 : 1024
    for (const value of values) checkLength(value && lengthOf(value), most, left)
  }
  const keys = new Set(key.map(({ left }) => left))
  const meant = filter.find(({ left }) => keys.has(left))
  if (meant !== undefined)
    throw new Error(`Filter Expression can only contain non-primary key attributes: ${meant.left}`)
}
