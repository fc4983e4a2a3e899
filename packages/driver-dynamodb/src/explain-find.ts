import type { TableDescription } from "@aws-sdk/client-dynamodb"
import type { DriverCall, FindPlan } from "@nosql/core/driver"
import type { DynamoRead } from "./dynamo-read.ts"
import { type PrintedRequest, printRead } from "./print-read.ts"
import type { Requests } from "./request.ts"

/** What `explain({ verbosity: "server" })` tells of a read on DynamoDB, which itself explains nothing. */
interface DynamoExplanation {
  /** As they would be sent, without values. */
  readonly requests: readonly PrintedRequest[]
  /** What is billed. */
  readonly cost: readonly string[]
  /** The table and the index used, as DynamoDB last counted them, some six hours ago at most; absent where DescribeTable is not allowed. */
  readonly sizes?: readonly DynamoSize[]
}

interface DynamoSize {
  readonly name: string
  readonly items: number
  readonly bytes: number
  /** Read as a whole, as the plan reads it. */
  readonly readUnits: number
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html */
const unitBytes = 4096
const pageBytes = 1024 * 1024

/** Asks DynamoDB for its sizes; nothing of a table is read. */
export async function explainFind(
  requests: Requests,
  { native, index }: FindPlan,
  table: string,
  keys: readonly string[] | undefined,
  call: DriverCall,
): Promise<DynamoExplanation> {
  const printed = printRead(native as DynamoRead, keys)
  const { output } = await requests.ask("DescribeTable", { TableName: table }, call, { repeatable: true })
  const sizes = output?.Table === undefined ? undefined : sizesOf(output.Table, printed)
  return {
    requests: printed,
    cost: costOf(printed, index),
    ...(sizes === undefined ? {} : { sizes }),
  }
}

function sizesOf(table: TableDescription, printed: readonly PrintedRequest[]): readonly DynamoSize[] {
  const consistent = printed.some(({ consistency }) => consistency === "strong")
  const size = (name = "", items = 0, bytes = 0, half = true): DynamoSize => {
    return { name, items, bytes, readUnits: Math.ceil(bytes / unitBytes) * (half ? 0.5 : 1) }
  }
  const used = new Set(printed.flatMap(({ index }) => index ?? []))
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])]
  return [
    size(table.TableName, table.ItemCount, table.TableSizeBytes, !consistent),
    ...indexes
      .filter(({ IndexName = "" }) => used.has(IndexName))
      .map((index) => size(index.IndexName, index.ItemCount, index.IndexSizeBytes, !consistent)),
  ]
}

function costOf(printed: readonly PrintedRequest[], index: string | undefined): readonly string[] {
  const lines = new Set<string>()
  for (const { operation, consistency, filter } of printed) {
    const units = consistency === "strong" ? 1 : 0.5
    const each = `${units} read unit${units === 1 ? "" : "s"} (${consistency})`
    if (operation === "GetItem" || operation === "BatchGetItem")
      lines.add(
        `${operation}: ${each} for each 4 KB of each document, at least one for each key, found or not`,
      )
    else {
      const where =
        operation === "Scan"
          ? "the whole table"
          : index === undefined
            ? "the part of the partition"
            : `the part of index "${index}"`
      lines.add(
        `${operation}: ${each} for each 4 KB of ${where} that is read${filter === undefined ? "" : ", what the filter drops included"}; a page is 1 MB at most, ${(pageBytes / unitBytes) * units} units`,
      )
    }
  }
  return lines.size === 0 ? ["no request, no read units"] : [...lines]
}
