import type { MongoClient, MongoClientOptions } from "mongodb"

/** An address and how to use it, or a client of your own, which stays open when the store closes. */
export type MongodbOptions = MongodbAddress | MongodbClient

/**
 * What is stated here wins over the URI's own options, and those win over the defaults.
 * MongoDB's pages on them: https://www.mongodb.com/docs/manual/reference/connection-string-options/
 */
export interface MongodbAddress extends MongodbSettings {
  /** Any other option of the SDK, by its own name (`tls`, `auth`, `appName`, `compressors`, `maxIdleTimeMS` …). */
  readonly clientOptions?: MongoClientOptions
}

/** The options that have a name of their own here; nothing in them is of the SDK's types. */
export interface MongodbSettings {
  /** `mongodb://…` or `mongodb+srv://…`. @default "mongodb://localhost:27017" */
  readonly uri?: string
  /** @default the database that the URI's path names, else "test", as in MongoDB's own tools */
  readonly database?: string
  /** The most connections to one server. @default 100 */
  readonly maxPoolSize?: number
  /** Connections kept open to each server. @default 10, or `maxPoolSize` where that is less */
  readonly minPoolSize?: number
  /** Whether the SDK repeats a single write once after a failure of the network or of the primary. @default true */
  readonly retryWrites?: boolean
  /** Whether the SDK repeats a read once. @default true */
  readonly retryReads?: boolean
  /** @default "primaryPreferred" */
  readonly readPreference?: "primary" | "primaryPreferred" | "secondary" | "secondaryPreferred" | "nearest"
  /** How many members confirm a write: `"majority"`, a number of at least 1, or the name of a rule of the replica set. @default "majority" */
  readonly writeConcernW?: number | string
  /** The database that knows the user. @default the URI's path, else "admin"; "$external" where the mechanism says so */
  readonly authSource?: string
  /** How long to look for a server that can answer, in milliseconds; 0 is for ever. @default 5000 */
  readonly serverSelectionTimeoutMs?: number
  /** How long one connection may take to open, in milliseconds; 0 is for ever. @default 10000 */
  readonly connectTimeoutMs?: number
  /** How long a server may stay silent over a request, in milliseconds; 0 is for ever. @default 30000 */
  readonly socketTimeoutMs?: number
}

/** A client of your own: it is connected where it is not yet, and stays open when the store closes. */
export interface MongodbClient {
  /** Its BSON options may be any: the store reads with its own. */
  readonly client: MongoClient
  /** @default the database that the client's URI names, else "test" */
  readonly database?: string
}
