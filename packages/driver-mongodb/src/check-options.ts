import type { OptionProblem } from "@nosql/core/driver"
import { closest } from "fastest-levenshtein"
import { clientOptionNames } from "./client-option-names.ts"
import { defaultOptions } from "./default-options.ts"
import type { MongodbAddress, MongodbOptions } from "./mongodb-options.ts"

export const readPreferences = [
  "primary",
  "primaryPreferred",
  "secondary",
  "secondaryPreferred",
  "nearest",
] as const
// https://www.mongodb.com/docs/manual/reference/limits/#naming-restrictions
const maxDatabaseBytes = 63
const badInDatabase = /[/\\. "$\0]/

/** What each option must be: undefined where the value will do. */
const rules = {
  uri: (value) => (typeof value === "string" ? undefined : "is a string"),
  database: databaseProblem,
  maxPoolSize: (value) => wholeNumberProblem(value, 1),
  minPoolSize: (value) => wholeNumberProblem(value, 0),
  retryWrites: booleanProblem,
  retryReads: booleanProblem,
  readPreference: (value) =>
    readPreferences.some((mode) => mode === value) ? undefined : `is one of ${readPreferences.join(", ")}`,
  writeConcernW: writeConcernProblem,
  authSource: (value) =>
    typeof value === "string" && value !== "" ? undefined : "is the name of a database",
  serverSelectionTimeoutMs: (value) => wholeNumberProblem(value, 0),
  connectTimeoutMs: (value) => wholeNumberProblem(value, 0),
  socketTimeoutMs: (value) => wholeNumberProblem(value, 0),
  clientOptions: (value) =>
    typeof value === "object" && value !== null ? undefined : "is an object of the SDK's options",
} as const satisfies Record<keyof MongodbAddress, (value: unknown) => string | undefined>

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
  const stated = Object.entries(options).filter(([, value]) => value !== undefined)
  if (stated.some(([name]) => name === "client")) return checkClient(stated)
  const problems = stated.flatMap(([name, value]) => {
    if (!Object.hasOwn(rules, name)) return [unknownOption(name)]
    const problem = rules[name as keyof typeof rules](value)
    return problem === undefined ? [] : [{ path: name, problem }]
  })
  const { clientOptions } = options as MongodbAddress
  return problems.length > 0 || clientOptions === undefined
    ? problems
    : checkClientOptions(clientOptions, options as MongodbAddress)
}

function checkClient(stated: readonly (readonly [string, unknown])[]): OptionProblem[] {
  return stated.flatMap(([name, value]) => {
    if (name === "client") {
      return typeof (value as { db?: unknown } | null)?.db === "function"
        ? []
        : [{ path: "client", problem: "is a MongoClient" }]
    }
    if (name !== "database")
      return [{ path: quotable(name), problem: "has no effect on a client of your own: set it there" }]
    const problem = databaseProblem(value)
    return problem === undefined ? [] : [{ path: name, problem }]
  })
}

function checkClientOptions(clientOptions: object, options: MongodbAddress): OptionProblem[] {
  return Object.entries(clientOptions).flatMap(([name, value]): OptionProblem[] => {
    if (value === undefined) return []
    const path = `clientOptions.${quotable(name)}`
    if (name === "dbName") return [{ path, problem: "is called database here" }]
    if (name === "timeoutMS")
      return [{ path, problem: "has no effect in the SDK; a call takes timeoutMs instead" }]
    const twice = Object.entries(ownNames).find(
      ([own, sdk]) => sdk === name && options[own as keyof MongodbAddress] !== undefined,
    )
    return twice === undefined ? [] : [{ path, problem: `is stated twice: it is ${twice[0]} too` }]
  })
}

function unknownOption(name: string): OptionProblem {
  const own = Object.keys(rules)
  const nearest = closest(name, [...own, ...clientOptionNames])
  const remedy = own.includes(nearest)
    ? `did you mean ${nearest}?`
    : `did you mean clientOptions: { ${nearest} }?`
  return { path: quotable(name), problem: `is no option of the MongoDB driver; ${remedy}` }
}

/** A name is repeated only if it looks like one. */
function quotable(name: string): string {
  return /^[A-Za-z_]{1,40}$/.test(name) ? name : "an option"
}

export function databaseProblem(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "") return "is the name of a database"
  if (badInDatabase.test(value)) return 'has none of / \\ . " $ and no space'
  return Buffer.byteLength(value) > maxDatabaseBytes ? `has at most ${maxDatabaseBytes} bytes` : undefined
}

function wholeNumberProblem(value: unknown, least: number): string | undefined {
  return Number.isSafeInteger(value) && (value as number) >= least
    ? undefined
    : `is a whole number of at least ${least}`
}

function booleanProblem(value: unknown): string | undefined {
  return typeof value === "boolean" ? undefined : "is true or false"
}

function writeConcernProblem(value: unknown): string | undefined {
  if (typeof value === "string" && value !== "" && !/^\d+$/.test(value)) return undefined
  return wholeNumberProblem(value, 1) === undefined
    ? undefined
    : `is "majority", a number of at least 1 or the name of a rule (the default is "${defaultOptions.writeConcernW}")`
}
