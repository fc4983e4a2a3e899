export { type FoundServer, findServer, type ServerName } from "./servers/find-server.ts"
export { provideServer } from "./servers/provide-server.ts"
