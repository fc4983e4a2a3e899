import type {
  AttributeDefinition,
  CreateTableCommandInput,
  GlobalSecondaryIndex,
} from "@aws-sdk/client-dynamodb"
import type { IndexInfo } from "@nosql/core/driver"
import { keyAttribute } from "./attribute-names.ts"
import { gsiName, indexAttributeNames } from "./index-names.ts"

/** A collection's table, with the declared indexes: on demand, with one key. */
export function tableDefinition(table: string, indexes: readonly IndexInfo[]): CreateTableCommandInput {
  const own = indexes.filter(hasGsi)
  return {
    TableName: table,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: keyAttribute, AttributeType: "S" },
      ...own.flatMap(gsiAttributes),
    ],
    KeySchema: [{ AttributeName: keyAttribute, KeyType: "HASH" }],
    ...(own.length === 0 ? {} : { GlobalSecondaryIndexes: own.map(gsiDefinition) }),
  }
}

/** The index of a `ttl` is the table's own setting. */
export function hasGsi({ expireAfterSeconds, text }: IndexInfo): boolean {
  return expireAfterSeconds === undefined && text === undefined
}

export function gsiAttributes(index: IndexInfo): AttributeDefinition[] {
  const { hash, range } = indexAttributeNames(index)
  return [
    { AttributeName: hash, AttributeType: "B" },
    { AttributeName: range, AttributeType: "B" },
  ]
}

export function gsiDefinition(index: IndexInfo): GlobalSecondaryIndex {
  const { hash, range } = indexAttributeNames(index)
  return {
    IndexName: gsiName(index.name),
    KeySchema: [
      { AttributeName: hash, KeyType: "HASH" },
      { AttributeName: range, KeyType: "RANGE" },
    ],
    Projection: { ProjectionType: "ALL" },
  }
}
