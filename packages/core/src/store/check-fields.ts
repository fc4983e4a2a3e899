import { type Document, type FieldKind, NoSQLError, type Value } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import { formatPath } from "../ast/path.ts"
import type { CollectionInfo } from "../driver/collection-info.ts"
import type { CallContext } from "../values/argument-error.ts"
import { kindOf } from "../values/compare-values.ts"
import { getField } from "../values/get-path.ts"
import { type Declaration, declarationsOf } from "./field-declaration.ts"

export interface FieldProblem {
  readonly path: string
  readonly problem: string
}

/** Refuses a document that does not conform to the declared `fields`, with every problem's path. */
export function checkFields(document: Document, collection: CollectionInfo, context: CallContext): void {
  const problems = declarationsOf(collection).flatMap((declaration) => {
    return problemAt(declaration, valueProblem(document, [], declaration))
  })
  refuseProblems(problems, context)
}

export function problemAt({ path }: Declaration, problem: string | undefined): FieldProblem[] {
  return problem === undefined ? [] : [{ path, problem }]
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
  let current = value
  for (const [i, segment] of declaration.segments.entries()) {
    if (i < path.length) continue
    if (current === undefined) break
    if (kindOf(current) !== "object") return parentProblem(declaration.segments.slice(0, i))
    current = getField(current, segment)
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
