import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import { assertNever } from "@nosql/contracts"
import { keyAttribute } from "./attribute-names.ts"
import type { DynamoRead, PagesInput, PagesRead, ProjectionPart } from "./dynamo-read.ts"

/** A request as a reader sees it: attributes by their names, values by their types alone. */
export interface PrintedRequest {
  readonly operation: "GetItem" | "BatchGetItem" | "Query" | "Scan"
  readonly table: string
  readonly index?: string
  /** The keys that are asked for: how many, and of which attributes. */
  readonly keys?: string
  readonly keyCondition?: string
  /** Applied behind the reading: it saves transfer, and no read units. */
  readonly filter?: string
  /** The attributes that are given. @default all */
  readonly projection?: readonly string[]
  readonly select?: "COUNT"
  readonly consistency: "strong" | "eventual"
  readonly order?: "backward"
  /** Items read at most by the first page; others grow. @default as many as 1 MB holds */
  readonly limit?: number
  /** Whether it begins at the position of a page. */
  readonly from?: "position"
  /** How many requests are alike but for their values. @default 1 */
  readonly times?: number
}

/** The requests of a read, those that are alike once. */
export function printRead(
  read: DynamoRead,
  keys: readonly string[] = [keyAttribute],
): readonly PrintedRequest[] {
  const times = new Map<string, { request: PrintedRequest; count: number }>()
  for (const request of requestsOf(read, keys)) {
    const text = JSON.stringify(request)
    times.set(text, { request, count: (times.get(text)?.count ?? 0) + 1 })
  }
  return [...times.values()].map(({ request, count }) => (count > 1 ? { ...request, times: count } : request))
}

const keysPerRequest = 100

function requestsOf(read: DynamoRead, keys: readonly string[]): readonly PrintedRequest[] {
  const gets = (table: string, count: number, options: ProjectionPart & { ConsistentRead: boolean }) =>
    Array.from({ length: Math.ceil(count / keysPerRequest) }, (_, i): PrintedRequest => {
      const here = Math.min(keysPerRequest, count - i * keysPerRequest)
      return {
        operation: count === 1 ? "GetItem" : "BatchGetItem",
        table,
        keys: `${here} of ${keys.join(", ")}`,
        ...projectionOf(options),
        consistency: options.ConsistentRead ? "strong" : "eventual",
      }
    })
  switch (read.kind) {
    case "none":
      return []
    case "item":
      return gets(read.input.TableName, 1, read.input)
    case "items":
      return gets(read.table, read.ids.length, read.options)
    case "owners":
      // Of the items that hold the values, then of the documents that they name.
      return [1, 2].flatMap(() => gets(read.table, read.sentinels.length, { ConsistentRead: true }))
    case "pages":
      return [printPages(read)]
    case "settled":
      return [printPages(read.read)]
    case "several":
      return read.reads.flatMap((part) => requestsOf(part, keys))
    default:
      return assertNever(read)
  }
}

function printPages({ operation, input }: PagesRead): PrintedRequest {
  const { TableName, IndexName, KeyConditionExpression, FilterExpression } = input
  return {
    operation,
    table: TableName,
    ...(IndexName === undefined ? {} : { index: IndexName }),
    ...(KeyConditionExpression === undefined
      ? {}
      : { keyCondition: readable(KeyConditionExpression, input) }),
    ...(FilterExpression === undefined ? {} : { filter: readable(FilterExpression, input) }),
    ...projectionOf(input),
    ...(input.Select === undefined ? {} : { select: input.Select }),
    consistency: input.ConsistentRead === true ? "strong" : "eventual",
    ...(input.ScanIndexForward === false ? { order: "backward" } : {}),
    ...(input.Limit === undefined ? {} : { limit: input.Limit }),
    ...(input.ExclusiveStartKey === undefined ? {} : { from: "position" }),
  }
}

function projectionOf({ ProjectionExpression, ExpressionAttributeNames = {} }: ProjectionPart): {
  projection?: readonly string[]
} {
  if (ProjectionExpression === undefined) return {}
  return {
    projection: ProjectionExpression.split(", ").map((alias) => ExpressionAttributeNames[alias] ?? alias),
  }
}

/** What stands for a name is the name, what stands for a value is its type: values are nobody's who reads a log. */
function readable(
  text: string,
  { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} }: PagesInput,
): string {
  return text
    .replace(/#\d+/g, (alias) => JSON.stringify(names[alias] ?? alias))
    .replace(/:\d+/g, (alias) => `<${typeOf(values[alias])}>`)
}

function typeOf(value: AttributeValue | undefined): string {
  return Object.keys(value ?? {})[0] ?? "?"
}
