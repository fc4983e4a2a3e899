import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Document } from "@nosql/contracts"
import type { IndexInfo } from "@nosql/core/driver"
import { indexAttributes } from "../src/index-key.ts"
import { itemOf } from "../src/item-codec.ts"
import type { Attributes } from "../src/value-codec.ts"
import { ExpressionReader } from "./lint-expression.ts"
import { lintRequest } from "./lint-request.ts"

export interface Input {
  readonly IndexName?: string
  readonly KeyConditionExpression?: string
  readonly ExpressionAttributeNames?: Record<string, string>
  readonly ExpressionAttributeValues?: Record<string, AttributeValue>
  readonly ScanIndexForward?: boolean
  readonly Limit?: number
  readonly ExclusiveStartKey?: Attributes
}

/** A table in memory that answers a Query by its key condition as DynamoDB does, a few items a page. Filters it does not know. */
export function fakeTable(documents: readonly Document[], indexes: readonly IndexInfo[], pageSize: number) {
  const context = { operation: "test" }
  const items = documents.map((document) => itemOf(document, indexAttributes(document, indexes, context)))
  const requests: { readonly name: string; readonly input: Input }[] = []
  const send = async (name: string, input: Input): Promise<unknown> => {
    lintRequest(name, input)
    requests.push({ name, input })
    const found = name === "Query" ? queried(items, input) : items
    const start = input.ExclusiveStartKey?.["_nosql_pk"]?.S
    const from = start === undefined ? 0 : found.findIndex((item) => item["_nosql_pk"]?.S === start) + 1
    const page = found.slice(from, from + Math.min(pageSize, input.Limit ?? pageSize))
    const last = page.at(-1)
    const more = last !== undefined && page.length === Math.min(pageSize, input.Limit ?? pageSize)
    return {
      Items: page,
      Count: page.length,
      ...(more ? { LastEvaluatedKey: { _nosql_pk: last["_nosql_pk"] } } : {}),
    }
  }
  return { send: send as never, requests }
}

/** The items of an index by a key condition, in its order. */
export function queried(items: readonly Attributes[], input: Input): Attributes[] {
  const placeholders = {
    names: input.ExpressionAttributeNames ?? {},
    values: input.ExpressionAttributeValues ?? {},
    used: new Set<string>(),
  }
  const { conditions } = new ExpressionReader(
    input.KeyConditionExpression ?? "",
    placeholders,
  ).readCondition()
  const [hash] = conditions
  const range = hash?.left.replace(/_h$/, "_r") ?? ""
  const found = items
    .filter((item) =>
      conditions.every(({ left, operator, values }) => {
        const [low, high] = values.map((value) => value?.B ?? new Uint8Array())
        return holds(operator, item[left]?.B ?? new Uint8Array(), low as Uint8Array, high)
      }),
    )
    .sort((a, b) => Buffer.compare(a[range]?.B as Uint8Array, b[range]?.B as Uint8Array))
  return input.ScanIndexForward === false ? found.reverse() : found
}

function holds(operator: string, bytes: Uint8Array, low: Uint8Array, high: Uint8Array | undefined): boolean {
  const order = Buffer.compare(bytes, low)
  switch (operator) {
    case "=":
      return order === 0
    case ">=":
      return order >= 0
    case "<=":
      return order <= 0
    case "BETWEEN":
      return order >= 0 && Buffer.compare(bytes, high as Uint8Array) <= 0
    case "begins_with":
      return Buffer.compare(bytes.subarray(0, low.length), low) === 0
    default:
      throw new Error(`unexpected "${operator}"`)
  }
}
