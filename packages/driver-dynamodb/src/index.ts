export type { BackfillProgress } from "./backfill.ts"
export { type BuildOptions, backfillIndexes, finishIndexes } from "./build-indexes.ts"
export { driverModule } from "./driver-module.ts"
export { dynamodb } from "./dynamodb.ts"
export type {
  DynamodbAddress,
  DynamodbClient,
  DynamodbOptions,
  DynamodbSettings,
  DynamodbStoreSettings,
} from "./dynamodb-options.ts"
export type { TableMapping } from "./mapped-table.ts"
export { toCreateTableInput } from "./to-create-table-input.ts"
