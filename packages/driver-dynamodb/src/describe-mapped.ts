import type { TableDescription } from "@aws-sdk/client-dynamodb"
import { NoSQLError } from "@nosql/contracts"
import type { DriverCall } from "@nosql/core/driver"
import { classifyError } from "./classify-error.ts"
import type { KeyAttribute, MappedIndex, MappedTable, TableMapping } from "./mapped-table.ts"
import type { Requests } from "./request.ts"
import { sdkFailure } from "./sdk-failures.ts"

/** Asks a table whether its keys are those of the mapping, and of which types they are. */
export async function describeMapped(
  requests: Requests,
  collection: string,
  { table, keys, indexes = {} }: TableMapping,
  call: DriverCall,
): Promise<MappedTable> {
  const { output, error } = await requests.ask("DescribeTable", { TableName: table }, call, {
    repeatable: true,
  })
  const refuse = (problem: string) =>
    new NoSQLError(
      "failed-precondition",
      `${call.operation}: the table "${table}" of "${collection}" ${problem}`,
      {
        operation: call.operation,
        collection,
        backend: "dynamodb",
        ...(error === undefined ? {} : { cause: error }),
      },
    )
  if (error !== undefined) {
    if (sdkFailure(error).code === "not-found")
      throw refuse("is not there; the store makes no table that the option tables names")
    throw classifyError(error, call, { collection })
  }
  const found = output?.Table ?? {}
  const [partition, sort] = [keyOf(found, "HASH"), keyOf(found, "RANGE")]
  if (partition?.name !== keys.partition || sort?.name !== keys.sort)
    throw refuse(
      `has the keys ${JSON.stringify({ partition: partition?.name, sort: sort?.name })}; set tables.${collection}.keys to them`,
    )
  if ([partition, sort].some((key) => key?.type === "B"))
    throw refuse("has a key of bytes, for which there is no _id; such a table is not mapped")
  return {
    table,
    partition: partition as KeyAttribute,
    ...(sort === undefined ? {} : { sort: sort as KeyAttribute }),
    indexes: Object.entries(indexes).map(([name, wanted]) => {
      const index = indexOf(found, name)
      if (index === undefined)
        throw refuse(
          `has no index "${name}" by which queries may go; leave it out of tables.${collection}.indexes`,
        )
      if (index.partition.name !== wanted.partition || index.sort?.name !== wanted.sort)
        throw refuse(
          `has an index "${name}" with the keys ${JSON.stringify({ partition: index.partition.name, sort: index.sort?.name })}; set tables.${collection}.indexes to them`,
        )
      return index
    }),
  }
}

/** One key each: an index with more of them, or one that is still being filled, serves no query of ours. */
function indexOf(found: TableDescription, name: string): MappedIndex | undefined {
  const global = found.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name)
  const index = global ?? found.LocalSecondaryIndexes?.find(({ IndexName }) => IndexName === name)
  if (index === undefined || (index.KeySchema?.length ?? 0) > 2 || global?.Backfilling === true)
    return undefined
  const schema = { KeySchema: index.KeySchema, AttributeDefinitions: found.AttributeDefinitions }
  const [partition, sort] = [keyOf(schema, "HASH"), keyOf(schema, "RANGE")]
  if (partition === undefined) return undefined
  const { ProjectionType, NonKeyAttributes = [] } = index.Projection ?? {}
  return {
    name,
    kind: global === undefined ? "local" : "global",
    partition,
    ...(sort === undefined ? {} : { sort }),
    projects: ProjectionType === "ALL" ? "all" : NonKeyAttributes,
  }
}

function keyOf(
  { KeySchema, AttributeDefinitions }: Pick<TableDescription, "KeySchema" | "AttributeDefinitions">,
  type: "HASH" | "RANGE",
): KeyAttribute | undefined {
  const name = KeySchema?.find(({ KeyType }) => KeyType === type)?.AttributeName
  const kind = AttributeDefinitions?.find(({ AttributeName }) => AttributeName === name)?.AttributeType
  if (name === undefined || (kind !== "S" && kind !== "N" && kind !== "B")) return undefined
  return { name, type: kind }
}
