import type { OptionProblem } from "@nosql/core/driver"
import { closest } from "fastest-levenshtein"
import { reservedPrefix } from "./attribute-names.ts"
import type { DynamodbAddress, DynamodbOptions } from "./dynamodb-options.ts"

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html, less the longest name of a collection */
const maxPrefix = 255 - 128

/** What each option must be: undefined where the value will do. */
const rules = {
  region: (value) =>
    typeof value === "string" && /^[a-z0-9-]+$/.test(value)
      ? undefined
      : 'is a region, such as "eu-central-1"',
  endpoint: (value) =>
    typeof value === "string" && /^https?:\/\/[^/\s@]+\/?$/.test(value)
      ? undefined
      : 'is an address such as "http://localhost:8000"',
  profile: textProblem,
  accessKeyId: textProblem,
  secretAccessKey: textProblem,
  sessionToken: textProblem,
  tablePrefix: (value) =>
    typeof value === "string" && /^[A-Za-z0-9_.-]*$/.test(value) && value.length <= maxPrefix
      ? undefined
      : `has letters, digits, "_", "-" and "." only, ${maxPrefix} at most`,
  tables: tablesProblem,
  maxAttempts: (value) => wholeNumberProblem(value, 1),
  connectTimeoutMs: (value) => wholeNumberProblem(value, 0),
  requestTimeoutMs: (value) => wholeNumberProblem(value, 0),
  maxConnections: (value) => wholeNumberProblem(value, 1),
  clientOptions: (value) =>
    typeof value === "object" && value !== null ? undefined : "is an object of the SDK's options",
} as const satisfies Record<keyof DynamodbAddress, (value: unknown) => string | undefined>

const ofOwnClients = ["tablePrefix", "maxAttempts", "tables"]
/** What has a name of its own here is not stated among the SDK's options, too. */
const ownNames: Readonly<Record<string, string>> = {
  region: "region",
  endpoint: "endpoint",
  profile: "profile",
  credentials: "accessKeyId",
  maxAttempts: "maxAttempts",
}

/** Everything that is wrong with the options in themselves. Values are not repeated: they may be secrets. */
export function checkOptions(options: DynamodbOptions): OptionProblem[] {
  const stated = Object.entries(options).filter(([, value]) => value !== undefined)
  if (stated.some(([name]) => name === "client")) return checkClient(stated)
  const problems = stated.flatMap(([name, value]): OptionProblem[] => {
    if (!Object.hasOwn(rules, name)) return [unknownOption(name)]
    const problem = rules[name as keyof typeof rules](value)
    return problem === undefined ? [] : [{ path: name, problem }]
  })
  return [
    ...problems,
    ...credentialProblems(options as DynamodbAddress),
    ...twice(options as DynamodbAddress),
  ]
}

function checkClient(stated: readonly (readonly [string, unknown])[]): OptionProblem[] {
  return stated.flatMap(([name, value]): OptionProblem[] => {
    if (name === "client") {
      return typeof (value as { send?: unknown } | null)?.send === "function"
        ? []
        : [{ path: "client", problem: "is a DynamoDBClient" }]
    }
    if (!ofOwnClients.includes(name))
      return [{ path: quotable(name), problem: "has no effect on a client of your own: set it there" }]
    const problem = rules[name as keyof typeof rules](value)
    return problem === undefined ? [] : [{ path: name, problem }]
  })
}

function credentialProblems({
  profile,
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: DynamodbAddress): OptionProblem[] {
  if (accessKeyId === undefined && secretAccessKey === undefined)
    return sessionToken === undefined
      ? []
      : [{ path: "sessionToken", problem: "goes with accessKeyId and secretAccessKey" }]
  if (accessKeyId === undefined)
    return [{ path: "accessKeyId", problem: "is missing: secretAccessKey is given" }]
  if (secretAccessKey === undefined)
    return [{ path: "secretAccessKey", problem: "is missing: accessKeyId is given" }]
  return profile === undefined
    ? []
    : [{ path: "profile", problem: "is one source of credentials, accessKeyId another" }]
}

function twice(options: DynamodbAddress): OptionProblem[] {
  return Object.keys(options.clientOptions ?? {}).flatMap((name) => {
    const own = ownNames[name]
    return own !== undefined && options[own as keyof DynamodbAddress] !== undefined
      ? [{ path: `clientOptions.${name}`, problem: `is stated twice: it is ${own} too` }]
      : []
  })
}

function unknownOption(name: string): OptionProblem {
  return {
    path: quotable(name),
    problem: `is no option of the DynamoDB driver; did you mean ${closest(name, Object.keys(rules))}?`,
  }
}

/** A name is repeated only if it looks like one. */
function quotable(name: string): string {
  return /^[A-Za-z_]{1,40}$/.test(name) ? name : "an option"
}

function textProblem(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? undefined : "is a text, not empty"
}

function tablesProblem(value: unknown): string | undefined {
  const mappings = isFields(value) ? Object.values(value) : undefined
  return mappings?.every(isMapping)
    ? undefined
    : 'has for each collection its table and keys, and the indexes to use: { orders: { table: "Orders", keys: { partition: "pk", sort: "sk" }, indexes: { byStatus: { partition: "status", sort: "at" } } } }'
}

function isMapping(value: unknown): boolean {
  if (!isFields(value)) return false
  const { table, keys, indexes = {}, ...more } = value
  return (
    typeof table === "string" &&
    areKeyNames(keys) &&
    isFields(indexes) &&
    Object.values(indexes).every(areKeyNames) &&
    Object.keys(more).length === 0
  )
}

function areKeyNames(value: unknown): boolean {
  if (!isFields(value)) return false
  const { partition, sort, ...more } = value
  return isKeyName(partition) && (sort === undefined || isKeyName(sort)) && Object.keys(more).length === 0
}

/** Those are the store's own; `_id` is what the keys make. */
function isKeyName(name: unknown): boolean {
  return typeof name === "string" && name !== "" && name !== "_id" && !name.startsWith(reservedPrefix)
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function wholeNumberProblem(value: unknown, least: number): string | undefined {
  return Number.isSafeInteger(value) && (value as number) >= least
    ? undefined
    : `is a whole number of at least ${least}`
}
