export { fromBson, toBson } from "./bson-values.ts"
export { driverModule } from "./driver-module.ts"
export { mongodb } from "./mongodb.ts"
export type { MongodbAddress, MongodbClient, MongodbOptions, MongodbSettings } from "./mongodb-options.ts"
