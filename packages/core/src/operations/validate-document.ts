import { NoSQLError, type StandardIssue, type StandardSchema } from "@nosql/contracts"
import type { CallContext } from "../values/argument-error.ts"

/** What a schema makes of a document without its `_id`: its output, or `validation` with every problem's path. */
export function validateDocument(
  fields: unknown,
  schema: StandardSchema,
  context: CallContext,
): unknown | Promise<unknown> {
  const result = schema["~standard"].validate(fields)
  return result instanceof Promise
    ? result.then((settled) => accept(settled, context))
    : accept(result, context)
}

function accept(
  result: { readonly value?: unknown; readonly issues?: readonly StandardIssue[] | undefined },
  context: CallContext,
): unknown {
  if (result.issues === undefined) return result.value
  const paths = [...new Set(result.issues.map(pathOf))].sort()
  const { operation, collection = "", backend = "" } = context
  const list = paths.map((path) => (path === "" ? "the document" : `"${path}"`)).join(", ")
  throw new NoSQLError(
    "validation",
    `${operation}: ${list} does not conform to the schema of "${collection}"; the schema's own words are in the error's cause`,
    {
      operation,
      collection,
      backend,
      path: paths[0] ?? "",
      details: { problems: paths.map((path) => ({ path, problem: "does not conform to the schema" })) },
      // A schema's messages may repeat the value: they stay out of message and details.
      cause: result.issues,
    },
  )
}

function pathOf({ path = [] }: StandardIssue): string {
  return path.map((segment) => String(typeof segment === "object" ? segment.key : segment)).join(".")
}
