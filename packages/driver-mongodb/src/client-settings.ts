import { configError, type OptionProblem } from "@nosql/core/driver"
import type { MongoClientOptions } from "mongodb"
import { checkOptions, databaseProblem, ownNames } from "./check-options.ts"
import { defaultOptions } from "./default-options.ts"
import type { MongodbAddress } from "./mongodb-options.ts"
import { type ParsedUri, parseUri } from "./parse-uri.ts"

/** What a client is made of, and the database to use. */
export interface ClientSettings {
  readonly uri: string
  readonly database: string
  readonly options: MongoClientOptions
}

/**
 * Resolves the options: what the caller states wins over the URI's own options, and those over the defaults.
 *
 * @throws NoSQLError `config` that lists everything that is wrong, without a value.
 */
export function clientSettings(options: MongodbAddress): ClientSettings {
  const wrong = checkOptions(options)
  if (wrong.length > 0) throw configError("mongodb", wrong)
  const text = options.uri ?? defaultOptions.uri
  const uri = parseUri(text)
  if ("problem" in uri) throw configError("mongodb", [{ path: "uri", problem: uri.problem }])
  const stated = statedOptions(options)
  const database = options.database ?? uri.database ?? "test"
  const problems = [
    ...poolProblems(stated, uri),
    ...(databaseProblem(database) === undefined ? [] : [badPath]),
  ]
  if (problems.length > 0) throw configError("mongodb", problems)
  return { uri: text, database, options: { ...unstatedDefaults(stated, uri), ...stated } }
}

const badPath: OptionProblem = { path: "uri", problem: "names a database that MongoDB cannot have" }

/** What the caller states, by the SDK's names. */
function statedOptions(options: MongodbAddress): MongoClientOptions {
  const own = Object.entries(ownNames).flatMap(([name, sdkName]) => {
    const value = options[name as keyof MongodbAddress]
    return value === undefined ? [] : [[sdkName, value]]
  })
  const beside = Object.entries(options.clientOptions ?? {}).filter(([, value]) => value !== undefined)
  return Object.fromEntries([...beside, ...own]) as MongoClientOptions
}

/** The defaults for what neither the caller nor the URI states. */
function unstatedDefaults(stated: MongoClientOptions, uri: ParsedUri): MongoClientOptions {
  const max = poolSize("maxPoolSize", stated, uri) ?? defaultOptions.maxPoolSize
  const defaults: MongoClientOptions = {
    maxPoolSize: max,
    minPoolSize: Math.min(defaultOptions.minPoolSize, max),
    retryWrites: defaultOptions.retryWrites,
    retryReads: defaultOptions.retryReads,
    readPreference: defaultOptions.readPreference,
    serverSelectionTimeoutMS: defaultOptions.serverSelectionTimeoutMs,
    connectTimeoutMS: defaultOptions.connectTimeoutMs,
    socketTimeoutMS: defaultOptions.socketTimeoutMs,
    ...(statesW(stated) ? {} : { w: defaultOptions.writeConcernW }),
    ...(needsAuthSource(stated, uri) ? { authSource: defaultOptions.authSource } : {}),
  }
  return Object.fromEntries(
    Object.entries(defaults).filter(([name]) => !uri.options.has(name.toLowerCase())),
  ) as MongoClientOptions
}

function statesW({ w, writeConcern }: MongoClientOptions): boolean {
  return (
    w !== undefined ||
    (writeConcern !== undefined && (typeof writeConcern !== "object" || "w" in writeConcern))
  )
}

/**
 * The SDK itself looks in the database of the URI's path, else in `admin`, and an SRV record or a mechanism may say otherwise.
 * Only credentials that are no part of the URI would be looked for in its path: it says nothing about them.
 */
function needsAuthSource({ auth, authMechanism }: MongoClientOptions, uri: ParsedUri): boolean {
  const scram =
    authMechanism === undefined || authMechanism === "DEFAULT" || authMechanism.startsWith("SCRAM-")
  return auth !== undefined && scram && !uri.hasUser && !uri.srv && !uri.options.has("authmechanism")
}

type PoolOption = "maxPoolSize" | "minPoolSize"

function poolSize(name: PoolOption, stated: MongoClientOptions, uri: ParsedUri): number | undefined {
  const text = uri.options.get(name.toLowerCase())
  return stated[name] ?? (text === undefined ? undefined : Number(text))
}

/** The SDK finds this out when it connects. A maximum of 0 is none. */
function poolProblems(stated: MongoClientOptions, uri: ParsedUri): OptionProblem[] {
  const max = poolSize("maxPoolSize", stated, uri) ?? defaultOptions.maxPoolSize
  const min = poolSize("minPoolSize", stated, uri) ?? 0
  return min > max
    ? [{ path: "minPoolSize", problem: `is ${min}, more than maxPoolSize, which is ${max}` }]
    : []
}
