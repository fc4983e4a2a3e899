import { type OptionDeclaration, readPreferences } from "@nosql/core/driver"
import { defaultOptions } from "./default-options.ts"
import type { MongodbAddress } from "./mongodb-options.ts"

/** The database of a configuration that names none, neither in its block nor in the URI. */
export const defaultDatabase = "lexigram"

/** The options as configuration knows them: their types, their defaults and a sentence for the documentation. Times are in milliseconds. */
export const optionDeclarations = {
  uri: {
    type: "string",
    default: defaultOptions.uri,
    description: "`mongodb://…` or `mongodb+srv://…`; its own options win over the defaults below",
  },
  database: {
    type: "string",
    default: defaultDatabase,
    description: "The database; unset: the one that the URI's path names, else the default",
  },
  maxPoolSize: {
    type: "integer",
    minimum: 1,
    default: defaultOptions.maxPoolSize,
    description: "The most connections to one server",
  },
  minPoolSize: {
    type: "integer",
    minimum: 0,
    default: defaultOptions.minPoolSize,
    description: "Connections kept open to each server, at most `maxPoolSize`",
  },
  retryWrites: {
    type: "boolean",
    default: defaultOptions.retryWrites,
    description: "Whether a single write is repeated once after a failure of the network or of the primary",
  },
  retryReads: {
    type: "boolean",
    default: defaultOptions.retryReads,
    description: "Whether a read is repeated once",
  },
  readPreference: {
    type: "string",
    enum: readPreferences,
    default: defaultOptions.readPreference,
    description: "Which members answer reads",
  },
  writeConcernW: {
    type: ["integer", "string"],
    default: defaultOptions.writeConcernW,
    description:
      "How many members confirm a write: `majority`, a number, or the name of a rule of the replica set",
  },
  authSource: {
    type: "string",
    default: defaultOptions.authSource,
    description: "The database that knows the user",
  },
  serverSelectionTimeoutMs: {
    type: "integer",
    minimum: 0,
    default: defaultOptions.serverSelectionTimeoutMs,
    description: "How long to look for a server that can answer (ms); 0: for ever",
  },
  connectTimeoutMs: {
    type: "integer",
    minimum: 0,
    default: defaultOptions.connectTimeoutMs,
    description: "How long one connection may take to open (ms); 0: for ever",
  },
  socketTimeoutMs: {
    type: "integer",
    minimum: 0,
    default: defaultOptions.socketTimeoutMs,
    description: "How long a server may stay silent over a request (ms); 0: for ever",
  },
  clientOptions: {
    type: "object",
    // An object of the SDK's: which of its options hold a secret is the SDK's to say, so none is shown.
    writeOnly: true,
    description: "Any other option of the SDK, by the SDK's own name; JSON text in a variable",
  },
} as const satisfies Record<keyof MongodbAddress, OptionDeclaration>
