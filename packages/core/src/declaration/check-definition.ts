import type { SchemaCollectionOptions } from "@nosql/contracts"
import { idKinds, provisions, scanPolicies, wordProblem } from "../store/option-words.ts"
import { refuseUnknown } from "../store/refuse-unknown.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"

/** What each part of a collection's description may be; the rest is checked by who reads it. */
const checks: Readonly<
  Record<keyof SchemaCollectionOptions<unknown, unknown>, (value: unknown) => string | undefined>
> = {
  fields: (value) => (isPlainObject(value) ? undefined : 'takes an object such as { email: "string?" }'),
  indexes: (value) => (Array.isArray(value) ? undefined : "takes an array of indexes"),
  ttl: (value) => (isPlainObject(value) ? undefined : 'takes an object such as { field: "expiresAt" }'),
  ids: (value) => wordProblem(value, idKinds),
  provision: (value) => wordProblem(value, provisions),
  scans: (value) => wordProblem(value, scanPolicies),
  schema: (value) => (isSchema(value) ? undefined : "takes a Standard Schema (zod, valibot, arktype, …)"),
  validateUpdates: (value) => (typeof value === "boolean" ? undefined : "is true or false"),
}

/** Refuses a description whose parts are of the wrong kind. */
export function checkDefinition(options: unknown, context: CallContext): void {
  if (typeof options !== "object" || options === null)
    throw argumentError(context, "options", "are an object; leave them out where there are none")
  // What `defineCollection` made is checked as its own source, and knows its name.
  refuseUnknown(options, [...Object.keys(checks), "name"], "", context)
  for (const [name, check] of Object.entries(checks)) {
    const value = (options as Record<string, unknown>)[name]
    const problem = value === undefined ? undefined : check(value)
    if (problem !== undefined) throw argumentError(context, name, problem)
  }
}

/** arktype's schemas are functions. */
function isSchema(value: unknown): boolean {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false
  const standard = (value as { "~standard"?: { validate?: unknown } })["~standard"]
  return typeof standard?.validate === "function"
}
