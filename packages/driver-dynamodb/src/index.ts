export { driverModule } from "./driver-module.ts"
export { dynamodb } from "./dynamodb.ts"
export type {
  DynamodbAddress,
  DynamodbClient,
  DynamodbOptions,
  DynamodbSettings,
  DynamodbStoreSettings,
} from "./dynamodb-options.ts"
