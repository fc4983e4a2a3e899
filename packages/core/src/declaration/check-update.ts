import { assertNever, type FieldKind } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import { formatPath, overlaps } from "../ast/path.ts"
import type { RenameNode, UpdateNode } from "../ast/update.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { type FieldProblem, parentProblem, refuseProblems, valueProblem } from "./check-fields.ts"
import { type Declaration, type Declared, declarationAt, declarationsOf } from "./field-declaration.ts"

/**
 * Refuses an update after which a conforming document would not conform any more, with every problem's path. Needs no document,
 * so it comes before any I/O and leaves the write native.
 */
export function checkUpdate(update: readonly UpdateNode[], collection: Declared, context: CallContext): void {
  const declared = declarationsOf(collection)
  if (declared.length === 0) return
  refuseFractions(update, collection, context)
  const problems = declared.flatMap((declaration) =>
    update.flatMap((node): FieldProblem[] => {
      const problem = nodeProblem(node, declaration, collection)
      return problem === undefined ? [] : [{ path: declaration.path, problem }]
    }),
  )
  refuseProblems(problems, context)
}

function refuseFractions(update: readonly UpdateNode[], collection: Declared, context: CallContext): void {
  for (const node of update) {
    if ((node.kind !== "inc" && node.kind !== "mul") || typeof node.by === "bigint") continue
    const declared = declarationAt(collection, formatPath(node.path))
    if (declared?.kind === "bigint" && !Number.isInteger(node.by))
      throw argumentError(
        context,
        declared.path,
        `is declared bigint; $${node.kind} takes a whole number there`,
      )
  }
}

/** What is wrong with a change at, above or below a declared path. */
function nodeProblem(node: UpdateNode, declaration: Declaration, collection: Declared): string | undefined {
  if (node.kind === "rename")
    return sourceProblem(node, declaration) ?? targetProblem(node, declaration, collection)
  if (!overlaps(node.path, declaration.segments)) return undefined
  if (isBelow(node.path, declaration))
    return node.kind === "unset" ? undefined : belowProblem(node.path, declaration)
  switch (node.kind) {
    case "set":
    case "setOnInsert":
      return valueProblem(node.value, node.path, declaration)
    case "unset":
      return declaration.optional ? undefined : "is required"
    case "min":
    case "max":
      // The value may be the first one there, so it conforms itself.
      return valueProblem(node.value, node.path, declaration)
    case "inc":
    case "mul":
      return kindProblem(node.path, declaration, ["number", "bigint"], "number")
    case "currentDate":
      return kindProblem(node.path, declaration, ["date"], "date")
    case "push":
    case "addToSet":
    case "pull":
    case "pop":
      return kindProblem(node.path, declaration, ["array"], "array")
    default:
      return assertNever(node)
  }
}

function isBelow(path: FieldPath, { segments }: Declaration): boolean {
  return path.length > segments.length
}

function kindProblem(
  path: FieldPath,
  { segments, kind }: Declaration,
  allowed: readonly FieldKind[],
  name: string,
): string | undefined {
  if (path.length < segments.length) return parentProblem(path)
  return allowed.includes(kind) ? undefined : `is no ${name}`
}

/** A change below makes what is missing an object. */
function belowProblem(path: FieldPath, { kind, optional }: Declaration): string | undefined {
  if (kind === "object" || (kind === "array" && !optional)) return undefined
  return kind === "array"
    ? `may be missing, and the change of "${formatPath(path)}" would make it an object`
    : `is no object to change "${formatPath(path)}" in`
}

function sourceProblem({ path }: RenameNode, declaration: Declaration): string | undefined {
  if (!overlaps(path, declaration.segments) || isBelow(path, declaration)) return undefined
  return declaration.optional ? undefined : "is required"
}

/** What moves to a declared path must be declared where it comes from: nothing else is known of it before any I/O. */
function targetProblem(
  { path, to }: RenameNode,
  declaration: Declaration,
  collection: Declared,
): string | undefined {
  if (!overlaps(to, declaration.segments)) return undefined
  if (isBelow(to, declaration)) return belowProblem(to, declaration)
  const below = declaration.segments.slice(to.length)
  const from = formatPath([...path, ...below])
  const source = declarationAt(collection, from)
  const fits =
    source?.kind === declaration.kind &&
    (declaration.nullable || !source.nullable) &&
    (declaration.optional || !source.optional || below.length === 0)
  return fits ? undefined : `would get what is not declared to be its kind at "${from}"`
}
