import type { OptionDeclaration } from "@nosql/core/driver"
import { defaultOptions } from "./default-options.ts"
import type { DynamodbAddress } from "./dynamodb-options.ts"

/** The options as configuration knows them: their types, their defaults and a sentence for the documentation. Times are in milliseconds. */
export const optionDeclarations = {
  region: {
    type: "string",
    description:
      "The AWS region; unset: `AWS_REGION`, or that of the profile; `us-east-1` with an endpoint of your own",
  },
  endpoint: {
    type: "string",
    description:
      "The address of a server that is not AWS, such as DynamoDB Local; unset: `AWS_ENDPOINT_URL_DYNAMODB`, else AWS",
  },
  profile: {
    type: "string",
    description: "The profile of the shared AWS configuration whose credentials are used",
  },
  accessKeyId: {
    type: "string",
    writeOnly: true,
    description: "With `secretAccessKey`: credentials in place of the SDK's own search for them",
  },
  secretAccessKey: { type: "string", writeOnly: true, description: "The secret of `accessKeyId`" },
  sessionToken: { type: "string", writeOnly: true, description: "The third part of temporary credentials" },
  tablePrefix: {
    type: "string",
    default: defaultOptions.tablePrefix,
    description: "Begins the name of each table: `myapp-` makes `users` the table `myapp-users`",
  },
  maxAttempts: {
    type: "integer",
    minimum: 1,
    default: defaultOptions.maxAttempts,
    description: "Tries of a request that is throttled or meets another transaction",
  },
  tables: {
    type: "object",
    description:
      "Tables of other programs, by collection: `{ orders: { table: Orders, keys: { partition: pk, sort: sk }, indexes: { byStatus: { partition: status, sort: at } } } }`; JSON text in a variable",
  },
  connectTimeoutMs: {
    type: "integer",
    minimum: 0,
    default: defaultOptions.connectTimeoutMs,
    description: "How long a connection may take to open (ms); 0: for ever",
  },
  requestTimeoutMs: {
    type: "integer",
    minimum: 0,
    default: defaultOptions.requestTimeoutMs,
    description: "How long the server may take over one request (ms); 0: for ever",
  },
  maxConnections: {
    type: "integer",
    minimum: 1,
    default: defaultOptions.maxConnections,
    description: "The most connections at a time",
  },
  clientOptions: {
    type: "object",
    // An object of the SDK's: which of its options hold a secret is the SDK's to say, so none is shown.
    writeOnly: true,
    description: "Any other option of the SDK, by the SDK's own name; JSON text in a variable",
  },
} as const satisfies Record<keyof DynamodbAddress, OptionDeclaration>
