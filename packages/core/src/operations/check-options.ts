import type { OperationName } from "../driver/operations.ts"
import {
  consistencies,
  readPreferences,
  returnedDocuments,
  scanPolicies,
  verbosities,
  wordProblem,
} from "../store/option-words.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { optionRemedy } from "./option-remedies.ts"

const call = ["scans", "signal", "timeoutMs", "comment"]
const read = [...call, "consistency", "readPreference", "hint", "batchSize"]
const find = [...read, "sort", "skip", "limit", "projection"]
const findOneAnd = [...call, "sort", "projection"]
const findOneAndWrite = [...findOneAnd, "returnDocument", "upsert"]

/** The options that each operation takes; the others take those of every call. */
const known: Readonly<Partial<Record<OperationName, readonly string[]>>> = {
  insertMany: [...call, "ordered"],
  bulkWrite: [...call, "ordered"],
  get: read,
  getMany: read,
  count: read,
  estimatedCount: read,
  exists: read,
  distinct: read,
  find,
  findOne: find,
  explain: [...find, "verbosity"],
  page: [...find, "size", "after"],
  updateOne: [...call, "upsert"],
  updateMany: [...call, "upsert"],
  replaceOne: [...call, "upsert"],
  findOneAndUpdate: findOneAndWrite,
  findOneAndReplace: findOneAndWrite,
  findOneAndDelete: findOneAnd,
  ensureIndexes: [...call, "asConfigured"],
}

/** The longest time that a timer counts: 2^31 - 1 ms. */
const maxTimeoutMs = 2 ** 31 - 1

type Check = (value: unknown) => string | undefined

const checks: Readonly<Record<string, Check>> = {
  scans: (value) => wordProblem(value, scanPolicies),
  readPreference: (value) => wordProblem(value, readPreferences),
  consistency: (value) => wordProblem(value, consistencies),
  signal: (value) => (value instanceof AbortSignal ? undefined : "takes an AbortSignal"),
  comment: (value) => (typeof value === "string" ? undefined : "takes text"),
  hint: (value) => (typeof value === "string" ? undefined : "takes the name of an index"),
  ordered: (value) => (typeof value === "boolean" ? undefined : "is true or false"),
  asConfigured: (value) => (typeof value === "boolean" ? undefined : "is true or false"),
  upsert: (value) => (typeof value === "boolean" ? undefined : "is true or false"),
  returnDocument: (value) => wordProblem(value, returnedDocuments),
  verbosity: (value) => wordProblem(value, verbosities),
  batchSize: (value) => {
    return Number.isSafeInteger(value) && (value as number) > 0
      ? undefined
      : "takes a whole number, 1 or more"
  },
  timeoutMs: (value) => {
    if (typeof value === "number" && value > 0 && value <= maxTimeoutMs) return undefined
    return `takes milliseconds, more than 0 and at most ${maxTimeoutMs}`
  },
}

/** Refuses options that an operation does not take, or not so: none is dropped in silence. */
export function checkOptions(options: object, context: CallContext): void {
  requireObject(options, context)
  const names = known[context.operation as OperationName] ?? call
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue
    if (!names.includes(name)) {
      const remedy = optionRemedy(name, names) ?? `it takes ${names.join(", ")}`
      throw argumentError(context, name, `is no option of ${context.operation}; ${remedy}`)
    }
    const problem = Object.hasOwn(checks, name) ? checks[name]?.(value) : undefined
    if (problem !== undefined) throw argumentError(context, name, problem)
  }
}

/** Refuses options of which none could be read. */
export function requireObject(options: unknown, context: CallContext): void {
  if (typeof options !== "object" || options === null)
    throw argumentError(context, "", "options are an object")
}
