/** What holds where neither the caller nor the URI says otherwise. Times are in milliseconds. */
export const defaultOptions = {
  uri: "mongodb://localhost:27017",
  maxPoolSize: 100,
  minPoolSize: 10,
  retryWrites: true,
  retryReads: true,
  readPreference: "primaryPreferred",
  writeConcernW: "majority",
  authSource: "admin",
  serverSelectionTimeoutMs: 5000,
  connectTimeoutMs: 10_000,
  socketTimeoutMs: 30_000,
} as const
