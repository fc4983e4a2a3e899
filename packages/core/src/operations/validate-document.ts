import { NoSQLError, type NoSQLErrorOptions, type StandardIssue, type StandardSchema } from "@nosql/contracts"
import type { CallContext } from "../values/argument-error.ts"

/**
 * What a schema makes of a document without its `_id`: its output, or `validation` with every problem's path.
 * A schema is the application's own code: where it throws or answers otherwise than Standard Schema says, the document is not validated.
 */
export function validateDocument(
  fields: unknown,
  schema: StandardSchema,
  context: CallContext,
): unknown | Promise<unknown> {
  const broken = (cause: unknown) => {
    throw refusal(context, "the schema failed; its own error is the cause", { cause })
  }
  let result: unknown
  try {
    result = schema["~standard"].validate(fields)
  } catch (cause) {
    return broken(cause)
  }
  // Not `instanceof`: a library may bring promises of its own, or those of another realm.
  return isThenable(result)
    ? Promise.resolve(result).then((settled) => accept(settled, context), broken)
    : accept(result, context)
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function"
}

function accept(result: unknown, context: CallContext): unknown {
  const { issues, value } = (result ?? {}) as { value?: unknown; issues?: unknown }
  if (issues === undefined && value !== undefined) return value
  if (!Array.isArray(issues)) {
    throw refusal(
      context,
      "the schema answered neither { value } nor { issues }, as Standard Schema says",
      {},
    )
  }
  const paths = [...new Set(issues.map(pathOf))].sort()
  const list = paths.map((path) => (path === "" ? "the document" : `"${path}"`)).join(", ")
  throw refusal(
    context,
    `${list || "the document"} does not conform to the schema of "${context.collection ?? ""}"; the schema's own words are in the error's cause`,
    {
      path: paths[0] ?? "",
      details: { problems: paths.map((path) => ({ path, problem: "does not conform to the schema" })) },
      // A schema's messages may repeat the value: they stay out of message and details.
      cause: issues,
    },
  )
}

function refusal(
  { operation, collection = "", backend = "" }: CallContext,
  problem: string,
  more: NoSQLErrorOptions,
): NoSQLError {
  return new NoSQLError("validation", `${operation}: ${problem}`, { operation, collection, backend, ...more })
}

function pathOf(issue: Partial<StandardIssue> | null): string {
  const path = Array.isArray(issue?.path) ? issue.path : []
  return path.map((segment) => String(typeof segment === "object" ? segment?.key : segment)).join(".")
}
