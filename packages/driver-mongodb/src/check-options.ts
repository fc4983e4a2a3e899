import {
  checkOptionTable,
  isSdkOptions,
  isTrueOrFalse,
  isWholeNumber,
  type OptionProblem,
  type OptionRule,
  type OptionTable,
  quotableName,
  readPreferences,
  wordProblem,
} from "@nosql/core/driver"
import { clientOptionNames } from "./client-option-names.ts"
import { defaultOptions } from "./default-options.ts"
import type { MongodbAddress, MongodbOptions } from "./mongodb-options.ts"

// https://www.mongodb.com/docs/manual/reference/limits/#naming-restrictions
const maxDatabaseBytes = 63
const badInDatabase = /[/\\. "$\0]/

/** What each option must be: undefined where the value will do. */
const rules = {
  uri: (value) => (typeof value === "string" ? undefined : "is a string"),
  database: databaseProblem,
  maxPoolSize: isWholeNumber(1),
  minPoolSize: isWholeNumber(0),
  retryWrites: isTrueOrFalse,
  retryReads: isTrueOrFalse,
  readPreference: (value) => wordProblem(value, readPreferences),
  writeConcernW: writeConcernProblem,
  authSource: (value) =>
    typeof value === "string" && value !== "" ? undefined : "is the name of a database",
  serverSelectionTimeoutMs: isWholeNumber(0),
  connectTimeoutMs: isWholeNumber(0),
  socketTimeoutMs: isWholeNumber(0),
  clientOptions: isSdkOptions,
} as const satisfies Record<keyof MongodbAddress, OptionRule>

const table: OptionTable = {
  backend: "MongoDB",
  rules,
  client: {
    rule: (value) =>
      typeof (value as { db?: unknown } | null)?.db === "function" ? undefined : "is a MongoClient",
    options: ["database"],
  },
  otherNames: {
    url: "uri",
    connectionString: "uri",
    host: "uri",
    hosts: "uri",
    port: "uri",
    db: "database",
    dbName: "database",
    name: "database",
    user: "uri, or clientOptions: { auth }",
    username: "uri, or clientOptions: { auth }",
    password: "uri, or clientOptions: { auth }",
    poolSize: "maxPoolSize",
  },
  elsewhere: { names: clientOptionNames, remedy: (name) => `clientOptions: { ${name} }` },
}

/** Options of the SDK that have a name of their own here. */
export const ownNames = {
  maxPoolSize: "maxPoolSize",
  minPoolSize: "minPoolSize",
  retryWrites: "retryWrites",
  retryReads: "retryReads",
  readPreference: "readPreference",
  writeConcernW: "w",
  authSource: "authSource",
  serverSelectionTimeoutMs: "serverSelectionTimeoutMS",
  connectTimeoutMs: "connectTimeoutMS",
  socketTimeoutMs: "socketTimeoutMS",
} as const satisfies Partial<Record<keyof MongodbAddress, string>>

/** Everything that is wrong with the options in themselves. Values are not repeated: they may be secrets. */
export function checkOptions(options: MongodbOptions): OptionProblem[] {
  const problems = checkOptionTable(options, table)
  const { clientOptions } = options as MongodbAddress
  return problems.length > 0 || clientOptions === undefined
    ? problems
    : checkClientOptions(clientOptions, options as MongodbAddress)
}

function checkClientOptions(clientOptions: object, options: MongodbAddress): OptionProblem[] {
  return Object.entries(clientOptions).flatMap(([name, value]): OptionProblem[] => {
    if (value === undefined) return []
    const path = `clientOptions.${quotableName(name)}`
    if (name === "dbName") return [{ path, problem: "is called database here" }]
    if (name === "timeoutMS")
      return [{ path, problem: "has no effect in the SDK; a call takes timeoutMs instead" }]
    const twice = Object.entries(ownNames).find(
      ([own, sdk]) => sdk === name && options[own as keyof MongodbAddress] !== undefined,
    )
    return twice === undefined ? [] : [{ path, problem: `is stated twice: it is ${twice[0]} too` }]
  })
}

export function databaseProblem(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "") return "is the name of a database"
  if (badInDatabase.test(value)) return 'has none of / \\ . " $ and no space'
  return Buffer.byteLength(value) > maxDatabaseBytes ? `has at most ${maxDatabaseBytes} bytes` : undefined
}

function writeConcernProblem(value: unknown): string | undefined {
  if (typeof value === "string" && value !== "" && !/^\d+$/.test(value)) return undefined
  return isWholeNumber(1)(value) === undefined
    ? undefined
    : `is "majority", a number of at least 1 or the name of a rule (the default is "${defaultOptions.writeConcernW}")`
}
