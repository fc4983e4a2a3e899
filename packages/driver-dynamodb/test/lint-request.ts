import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import { type Condition, ExpressionReader, markUsed, type Placeholders } from "./lint-expression.ts"

type Fields = Readonly<Record<string, unknown>>
type Item = Readonly<Record<string, AttributeValue>>

/** Throws where AWS would refuse a request by its form, which local servers in part do not. */
export function lintRequest(name: string, input: object): void {
  const fields = input as Fields
  switch (name) {
    case "GetItem":
      checkKey(fields["Key"] as Item)
      break
    case "Query":
    case "Scan":
      if (fields["Limit"] !== undefined && !(Number(fields["Limit"]) >= 1))
        throw new Error("Limit is at least 1")
      if (fields["IndexName"] !== undefined && fields["ConsistentRead"] === true)
        throw new Error("consistent reads are not supported on global secondary indexes")
      break
    case "BatchGetItem":
      for (const request of Object.values(fields["RequestItems"] as Record<string, Fields>)) {
        const keys = request["Keys"] as readonly Item[]
        for (const key of keys) checkKey(key)
        checkDistinct(keys, 100)
        lintExpressions(request)
      }
      return
    case "BatchWriteItem": {
      const writes = Object.values(fields["RequestItems"] as Record<string, readonly Fields[]>).flat()
      const items = writes.map((write) => itemOf(write["PutRequest"]) ?? keyOf(write["DeleteRequest"]))
      checkDistinct(items.map(keyPart), 25)
      for (const item of items) checkItem(item)
      return
    }
    case "TransactWriteItems": {
      const writes = (fields["TransactItems"] as readonly Fields[]).map(
        (write) => Object.values(write)[0] as Fields,
      )
      checkDistinct(
        writes.map((write) => ({
          ...keyPart(itemOf(write) ?? keyOf(write)),
          table: { S: String(write["TableName"]) },
        })),
        100,
      )
      for (const write of writes) lintWrite(write)
      return
    }
    case "PutItem":
    case "UpdateItem":
    case "DeleteItem":
      lintWrite(fields)
      return
  }
  lintExpressions(fields)
}

function lintWrite(write: Fields): void {
  checkItem(itemOf(write) ?? keyOf(write))
  lintExpressions(write)
}

function itemOf(write: unknown): Item | undefined {
  return (write as Fields | undefined)?.["Item"] as Item | undefined
}

function keyOf(write: unknown): Item {
  return (write as Fields)["Key"] as Item
}

function keyPart(item: Item): Item {
  return { _nosql_pk: item["_nosql_pk"] as AttributeValue }
}

function checkDistinct(keys: readonly Item[], most: number): void {
  if (keys.length === 0 || keys.length > most) throw new Error(`between 1 and ${most} items`)
  if (new Set(keys.map((key) => JSON.stringify(key))).size < keys.length)
    throw new Error("the same item twice")
}

function checkKey(key: Item): void {
  if (Object.keys(key).join() !== "_nosql_pk")
    throw new Error("a key has the table's key attributes and no other")
  checkItem(key)
}

/** Keys of the table and of its indexes are neither empty nor too long, and of their own type. */
function checkItem(item: Item): void {
  for (const [name, value] of Object.entries(item)) {
    if (name === "_nosql_pk")
      checkLength(value.S === undefined ? undefined : Buffer.byteLength(value.S), 2048, name)
    else if (/^_nosql_.+_h$/.test(name)) checkLength(value.B?.length, 2048, name)
    else if (/^_nosql_.+_r$/.test(name)) checkLength(value.B?.length, 1024, name)
  }
}

function checkLength(length: number | undefined, most: number, name: string): void {
  if (length === undefined || length === 0 || length > most)
    throw new Error(`the key ${name} is empty, too long or mistyped`)
}

function lintExpressions(request: Fields): void {
  const placeholders: Placeholders = {
    names: (request["ExpressionAttributeNames"] ?? {}) as Placeholders["names"],
    values: (request["ExpressionAttributeValues"] ?? {}) as Placeholders["values"],
    used: new Set(),
  }
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
    for (const value of values) checkLength(value?.B?.length ?? value?.S?.length, most, left)
  }
  const keys = new Set(key.map(({ left }) => left))
  const meant = filter.find(({ left }) => keys.has(left))
  if (meant !== undefined)
    throw new Error(`Filter Expression can only contain non-primary key attributes: ${meant.left}`)
}
