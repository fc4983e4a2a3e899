import type { DynamoDBClient, DynamoDBClientConfig } from "@aws-sdk/client-dynamodb"
import type { TableMapping } from "./mapped-table.ts"

/** An address and how to use it, or a client of your own, which stays open when the store closes. */
export type DynamodbOptions = DynamodbAddress | DynamodbClient

/** What is not stated is the SDK's to find: variables (`AWS_…`), the shared configuration, the role of the machine. */
export interface DynamodbAddress extends DynamodbSettings {
  /** Any other option of the SDK's client, by its own name. */
  readonly clientOptions?: DynamoDBClientConfig
}

/** The options that have a name of their own here; nothing in them is of the SDK's types. */
export interface DynamodbSettings extends DynamodbStoreSettings {
  /** @default AWS_REGION, or that of the profile; "us-east-1" with an endpoint of your own */
  readonly region?: string
  /** The address of a server that is not AWS: DynamoDB Local, say. @default AWS_ENDPOINT_URL_DYNAMODB, else AWS itself */
  readonly endpoint?: string
  /** The profile of the shared configuration whose credentials are used. @default AWS_PROFILE, else "default" */
  readonly profile?: string
  /** With `secretAccessKey`: credentials in place of the SDK's search for them. */
  readonly accessKeyId?: string
  readonly secretAccessKey?: string
  /** The third part of temporary credentials. */
  readonly sessionToken?: string
  /** How long a connection may take to open, in milliseconds. @default 3000 */
  readonly connectTimeoutMs?: number
  /** How long the server may take over one request, in milliseconds. @default 30000 */
  readonly requestTimeoutMs?: number
  /** The most connections at a time. @default 50 */
  readonly maxConnections?: number
}

export interface DynamodbStoreSettings {
  /** Begins the name of each table: `myapp-` makes `users` the table `myapp-users`. @default none */
  readonly tablePrefix?: string
  /** Tries of a request that is throttled or meets another transaction, with growing waits between; one whose answer was lost is tried 3 times at most. @default 10 */
  readonly maxAttempts?: number
  /**
   * Tables of other programs', by the collection that each is, with the indexes by which queries may go:
   * `{ orders: { table: "Orders", keys: { partition: "pk", sort: "sk" }, indexes: { byStatus: { partition: "status", sort: "at" } } } }`. They are neither made nor changed. @default none
   */
  readonly tables?: Readonly<Record<string, TableMapping>>
}

export interface DynamodbClient extends DynamodbStoreSettings {
  /** Give it `maxAttempts: 1`, as the store repeats requests itself, and a logger without `info`: the SDK copies every answer for one that has it. */
  readonly client: DynamoDBClient
}
