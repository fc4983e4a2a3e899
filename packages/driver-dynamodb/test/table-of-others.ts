import type { CreateTableCommandInput, KeySchemaElement } from "@aws-sdk/client-dynamodb"
import { keysOfTable, type MappedIndex, type MappedKeys, type MappedTable } from "../src/mapped-table.ts"

/** The definition of a table, as its owner has written it. */
export function tableOfOthers({ table, indexes, ...keys }: MappedTable): CreateTableCommandInput {
  const schema = ({ partition, sort }: MappedKeys): KeySchemaElement[] => [
    { AttributeName: partition.name, KeyType: "HASH" },
    ...(sort === undefined ? [] : [{ AttributeName: sort.name, KeyType: "RANGE" } as const]),
  ]
  const attributes = new Map([keys, ...indexes].flatMap(keysOfTable).map(({ name, type }) => [name, type]))
  const of = (kind: MappedIndex["kind"]) =>
    indexes
      .filter((index) => index.kind === kind)
      .map((index) => ({
        IndexName: index.name,
        KeySchema: schema(index),
        Projection:
          index.projects === "all"
            ? { ProjectionType: "ALL" as const }
            : { ProjectionType: "INCLUDE" as const, NonKeyAttributes: [...index.projects] },
      }))
  return {
    TableName: table,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: schema(keys),
    AttributeDefinitions: [...attributes].map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    GlobalSecondaryIndexes: of("global"),
    LocalSecondaryIndexes: of("local"),
  }
}
