import { type ErrorCode, NoSQLError } from "@nosql/core"
import type { Context } from "hono"
import { ZodError } from "zod"

type ClientStatus = 400 | 403 | 404 | 409 | 422

/** What the caller can mend; all else is the server's. */
const statuses = {
  "invalid-argument": 400,
  validation: 422,
  "not-found": 404,
  "already-exists": 409,
  conflict: 409,
  "permission-denied": 403,
} as const satisfies Partial<Record<ErrorCode, ClientStatus>>

/** Messages of the library name operations and paths, never stored values; still, a stranger is told the code alone. */
export function errorResponse(error: unknown, context: Context): Response {
  if (error instanceof ZodError)
    return context.json({ error: "invalid", paths: error.issues.map(({ path }) => path.join(".")) }, 400)
  if (error instanceof SyntaxError) return context.json({ error: "no JSON" }, 400)
  if (NoSQLError.isInstance(error) && Object.hasOwn(statuses, error.code)) {
    const { expected, actual } = error.details
    const versions = error.code === "conflict" ? { expected, actual } : {}
    return context.json({ error: error.code, ...versions }, statuses[error.code as keyof typeof statuses])
  }
  console.error(error)
  return context.json({ error: "unavailable" }, 503)
}
