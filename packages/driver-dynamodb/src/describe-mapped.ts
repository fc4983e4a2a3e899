import type { TableDescription } from "@aws-sdk/client-dynamodb"
import { NoSQLError } from "@nosql/contracts"
import type { DriverCall } from "@nosql/core/driver"
import { classifyError } from "./classify-error.ts"
import { failureOf } from "./failures.ts"
import type { KeyAttribute, MappedTable, TableMapping } from "./mapped-table.ts"
import type { Requests } from "./request.ts"

/** Asks a table whether its keys are those of the mapping, and of which types they are. */
export async function describeMapped(
  requests: Requests,
  collection: string,
  { table, keys }: TableMapping,
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
    if (failureOf(error).code === "not-found")
      throw refuse("is not there; the store makes no table that the option tables names")
    throw classifyError(error, call, { collection })
  }
  const found = output?.Table ?? {}
  const [partition, sort] = [keyOf(found, "HASH"), keyOf(found, "RANGE")]
  if (partition?.name !== keys.partition || sort?.name !== keys.sort)
    throw refuse(
      `has the keys ${JSON.stringify({ partition: partition?.name, sort: sort?.name })}; set tables.${collection}.keys to them`,
    )
  if ([partition, sort].some((key) => key !== undefined && key.type !== "S" && key.type !== "N"))
    throw refuse("has a key of bytes, for which there is no _id; such a table is not mapped")
  return {
    table,
    partition: partition as KeyAttribute,
    ...(sort === undefined ? {} : { sort: sort as KeyAttribute }),
  }
}

function keyOf({ KeySchema, AttributeDefinitions }: TableDescription, type: "HASH" | "RANGE") {
  const name = KeySchema?.find(({ KeyType }) => KeyType === type)?.AttributeName
  if (name === undefined) return undefined
  return {
    name,
    type: AttributeDefinitions?.find(({ AttributeName }) => AttributeName === name)?.AttributeType,
  }
}
