import {
  assertNever,
  type Document,
  type FieldDeclaration,
  type FieldKind,
  NoSQLError,
  type Value,
} from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import { formatPath, overlaps } from "../ast/path.ts"
import type { UpdateNode } from "../ast/update.ts"
import type { CollectionInfo } from "../driver/collection-info.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { kindOf } from "../values/compare-values.ts"
import { getPath } from "../values/get-path.ts"

interface Declaration {
  readonly kind: FieldKind
  readonly nullable: boolean
  readonly optional: boolean
}

const kinds: ReadonlySet<string> = new Set<FieldKind>([
  "string",
  "number",
  "bigint",
  "boolean",
  "date",
  "binary",
  "array",
  "object",
  "id",
])

export function parseDeclaration(path: string, declaration: FieldDeclaration): Declaration {
  const match = /^([a-z]+)(\|null)?(\?)?$/.exec(declaration)
  if (match === null || !kinds.has(match[1] ?? "")) {
    throw argumentError(
      { operation: "defineCollection" },
      path,
      `a kind is one of ${[...kinds].join(" ")}, then |null and ? where they apply`,
    )
  }
  return { kind: match[1] as FieldKind, nullable: match[2] !== undefined, optional: match[3] !== undefined }
}

interface Problem {
  readonly path: string
  readonly problem: string
}

/** Refuses a document that does not conform to the declared `fields`, with every problem's path. */
export function checkFields(document: Document, collection: CollectionInfo, context: CallContext): void {
  refuseProblems(
    declarations(collection).flatMap(([path, segments, declaration]) =>
      problemAt(path, fieldProblem(getPath(document, segments), declaration)),
    ),
    context,
  )
}

/**
 * Refuses an update after which a conforming document would not conform any more. Needs no document, so it comes before any I/O
 * and leaves the write native.
 */
export function checkUpdate(
  update: readonly UpdateNode[],
  collection: CollectionInfo,
  context: CallContext,
): void {
  refuseProblems(
    declarations(collection).flatMap(([path, segments, declaration]) =>
      update
        .filter((node) => overlaps(node.path, segments))
        .flatMap((node) => problemAt(path, updateProblem(node, segments, declaration))),
    ),
    context,
  )
}

function declarations(collection: CollectionInfo): [string, FieldPath, Declaration][] {
  return Object.entries(collection.fields).map(([path, text]) => [
    path,
    path.split("."),
    parseDeclaration(path, text),
  ])
}

function problemAt(path: string, problem: string | undefined): Problem[] {
  return problem === undefined ? [] : [{ path, problem }]
}

function refuseProblems(problems: readonly Problem[], context: CallContext): void {
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

/** What is wrong with a change at, above or below a declared path. */
function updateProblem(node: UpdateNode, segments: FieldPath, declaration: Declaration): string | undefined {
  if (node.path.length > segments.length) {
    return declaration.kind === "object" || declaration.kind === "array"
      ? undefined
      : `is no object to change "${formatPath(node.path)}" in`
  }
  switch (node.kind) {
    case "set":
      return fieldProblem(getPath(node.value, segments.slice(node.path.length)), declaration)
    case "unset":
      return declaration.optional ? undefined : "is required"
    case "inc":
      return declaration.kind === "number" || declaration.kind === "bigint" ? undefined : "is no number"
    case "push":
      return declaration.kind === "array" ? undefined : "is no array"
    default:
      return assertNever(node)
  }
}

function fieldProblem(value: Value | undefined, declaration: Declaration): string | undefined {
  if (value === undefined) return declaration.optional ? undefined : "is missing"
  if (value === null) return declaration.nullable ? undefined : "is null"
  return conforms(value, declaration.kind) ? undefined : `is no ${declaration.kind}`
}

function conforms(value: Value, kind: FieldKind): boolean {
  if (kind === "bigint") return typeof value === "bigint" || Number.isInteger(value)
  return kindOf(value) === (kind === "id" ? "string" : kind)
}
