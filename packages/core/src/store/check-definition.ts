import { argumentError } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { provisions, scanPolicies } from "./policies.ts"
import { refuseUnknown } from "./refuse-unknown.ts"

interface Check {
  readonly holds: (value: unknown) => boolean
  readonly problem: string
}

function isOneOf(...values: readonly unknown[]): (value: unknown) => boolean {
  return (value) => values.includes(value)
}

/** What each part of a collection's description may be; the rest is checked by who reads it. */
const checks: Readonly<Record<string, Check>> = {
  fields: { holds: isPlainObject, problem: 'takes an object such as { email: "string?" }' },
  indexes: { holds: Array.isArray, problem: "takes an array of indexes" },
  ttl: { holds: isPlainObject, problem: 'takes an object such as { field: "expiresAt" }' },
  ids: {
    holds: isOneOf("auto", "string", "objectId", "uuid"),
    problem: 'is "auto", "string", "objectId" or "uuid"',
  },
  provision: { holds: isOneOf(...provisions), problem: 'is "auto", "check" or "never"' },
  scans: { holds: isOneOf(...scanPolicies), problem: 'is "allow", "warn" or "refuse"' },
  schema: { holds: isSchema, problem: "takes a Standard Schema (zod, valibot, arktype, …)" },
  validateUpdates: { holds: isOneOf(true, false), problem: "is true or false" },
}

/** Refuses a description whose parts are of the wrong kind. */
export function checkDefinition(options: unknown): void {
  const context = { operation: "defineCollection" }
  if (typeof options !== "object" || options === null)
    throw argumentError(context, "options", "are an object; leave them out where there are none")
  // What `defineCollection` made is checked as its own source, and knows its name.
  refuseUnknown(options, [...Object.keys(checks), "name"], "", context)
  for (const [name, { holds, problem }] of Object.entries(checks)) {
    const value = (options as Record<string, unknown>)[name]
    if (value !== undefined && !holds(value)) throw argumentError(context, name, problem)
  }
}

/** arktype's schemas are functions. */
function isSchema(value: unknown): boolean {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false
  const standard = (value as { "~standard"?: { validate?: unknown } })["~standard"]
  return typeof standard?.validate === "function"
}
