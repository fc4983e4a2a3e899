export { findMongodbWithLogin } from "./servers/find-mongodb.ts"
export { findServer, type ServerName } from "./servers/find-server.ts"
export type { FoundServer } from "./servers/found-server.ts"
export { provideServer } from "./servers/provide-server.ts"
