import { type Document, type FieldKind, NoSQLError, type Value } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import { formatPath } from "../ast/path.ts"
import type { CallContext } from "../values/argument-error.ts"
import { kindOf } from "../values/compare-values.ts"
import { getField } from "../values/get-path.ts"
import { type Declaration, type Declared, declarationsOf } from "./field-declaration.ts"

export interface FieldProblem {
  readonly path: string
  readonly problem: string
}

/** Refuses a document that does not conform to the declared `fields`, with every problem's path. */
export function checkFields(document: Document, collection: Declared, context: CallContext): void {
  const problems: FieldProblem[] = []
  for (const declaration of declarationsOf(collection)) {
    const problem = valueProblem(document, [], declaration)
    if (problem !== undefined) problems.push({ path: declaration.path, problem })
  }
  refuseProblems(problems, context)
}

export function refuseProblems(problems: readonly FieldProblem[], context: CallContext): void {
  if (problems.length === 0) return
  const { operation, collection, backend } = context
  const list = problems.map(({ path, problem }) => `"${path}" ${problem}`).join("; ")
  throw new NoSQLError("validation", `${operation}: does not conform to the declaration: ${list}`, {
    operation,
    path: problems[0]?.path ?? "",
    ...(collection === undefined ? {} : { collection }),
    ...(backend === undefined ? {} : { backend }),
    details: { problems },
  })
}

/** What is wrong with a declared path when this value stands at `path`, which is the declared one or above it. */
export function valueProblem(
  value: Value | undefined,
  path: FieldPath,
  declaration: Declaration,
): string | undefined {
  const { segments } = declaration
  let current = value
  for (let i = path.length; i < segments.length && current !== undefined; i++) {
    if (kindOf(current) !== "object") return parentProblem(segments.slice(0, i))
    current = getField(current, segments[i] as string)
  }
  if (current === undefined) return declaration.optional ? undefined : "is missing"
  if (current === null) return declaration.nullable ? undefined : "is null"
  return conforms(current, declaration.kind) ? undefined : `is no ${declaration.kind}`
}

export function parentProblem(parent: FieldPath): string {
  return `lies below "${formatPath(parent)}", which is no object`
}

function conforms(value: Value, kind: FieldKind): boolean {
  if (kind === "bigint") return typeof value === "bigint" || Number.isInteger(value)
  return kindOf(value) === (kind === "id" ? "string" : kind)
}
