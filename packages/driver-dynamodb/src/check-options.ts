import {
  checkOptionTable,
  isCollectionName,
  isPlainObject,
  isSdkOptions,
  isText,
  isWholeNumber,
  type OptionProblem,
  type OptionRule,
  type OptionTable,
} from "@nosql/core/driver"
import { reservedPrefix } from "./attribute-names.ts"
import type { DynamodbAddress, DynamodbOptions } from "./dynamodb-options.ts"
import { maxPrefix } from "./table-name.ts"

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
  profile: isText,
  accessKeyId: isText,
  secretAccessKey: isText,
  sessionToken: isText,
  tablePrefix: (value) =>
    typeof value === "string" && /^[A-Za-z0-9_.-]*$/.test(value) && value.length <= maxPrefix
      ? undefined
      : `has letters, digits, "_", "-" and "." only, ${maxPrefix} at most`,
  tables: tablesProblem,
  maxAttempts: isWholeNumber(1),
  connectTimeoutMs: isWholeNumber(0),
  requestTimeoutMs: isWholeNumber(0),
  maxConnections: isWholeNumber(1),
  clientOptions: isSdkOptions,
} as const satisfies Record<keyof DynamodbAddress, OptionRule>

const table: OptionTable = {
  backend: "DynamoDB",
  rules,
  client: {
    rule: (value) =>
      typeof (value as { send?: unknown } | null)?.send === "function" ? undefined : "is a DynamoDBClient",
    options: ["tablePrefix", "maxAttempts", "tables"],
  },
  otherNames: {
    url: "endpoint",
    host: "endpoint",
    prefix: "tablePrefix",
    credentials: "accessKeyId and secretAccessKey",
    timeout: "requestTimeoutMs",
  },
}

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
  const problems = checkOptionTable(options, table)
  if ("client" in options && options.client !== undefined) return problems
  return [
    ...problems,
    ...credentialProblems(options as DynamodbAddress),
    ...twice(options as DynamodbAddress),
  ]
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

function tablesProblem(value: unknown): string | undefined {
  const mappings = isPlainObject(value) ? Object.entries(value) : undefined
  return mappings?.every(([collection, mapping]) => isCollectionName(collection) && isMapping(mapping))
    ? undefined
    : 'has for each collection, by its name, its table and keys, and the indexes to use: { orders: { table: "Orders", keys: { partition: "pk", sort: "sk" }, indexes: { byStatus: { partition: "status", sort: "at" } } } }; tables and indexes are named with 3 to 255 letters, digits, "_", "-" and ".", and two keys are two attributes'
}

function isMapping(value: unknown): boolean {
  if (!isPlainObject(value)) return false
  const { table, keys, indexes = {}, ...more } = value
  return (
    isNativeName(table) &&
    areKeyNames(keys) &&
    isPlainObject(indexes) &&
    Object.entries(indexes).every(([name, of]) => isNativeName(name) && areKeyNames(of)) &&
    Object.keys(more).length === 0
  )
}

/** Of a table or an index: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
function isNativeName(name: unknown): boolean {
  return typeof name === "string" && /^[A-Za-z0-9_.-]{3,255}$/.test(name)
}

function areKeyNames(value: unknown): boolean {
  if (!isPlainObject(value)) return false
  const { partition, sort, ...more } = value
  const isSort = sort === undefined || (isKeyName(sort) && sort !== partition)
  return isKeyName(partition) && isSort && Object.keys(more).length === 0
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const maxKeyName = 255

/** Those of the reserved prefix are the store's own; `_id` is what the keys make. */
function isKeyName(name: unknown): boolean {
  if (typeof name !== "string" || name === "_id" || name.startsWith(reservedPrefix)) return false
  const bytes = Buffer.byteLength(name)
  return bytes > 0 && bytes <= maxKeyName
}
