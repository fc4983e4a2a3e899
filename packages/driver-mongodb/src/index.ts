export { mongodb } from "./mongodb.ts"
export type { MongodbAddress, MongodbClient, MongodbOptions } from "./mongodb-options.ts"
