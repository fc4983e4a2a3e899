import type { FieldPath } from "../ast/filter.ts"
import { formatPath, isIdPath, overlaps } from "../ast/path.ts"
import type { UpdateNode } from "../ast/update.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { normalizeValue } from "../values/normalize-value.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { parsePath } from "./parse-path.ts"

type NodeMaker = (path: FieldPath, key: string, operand: unknown, context: CallContext) => UpdateNode

const updateOperators = {
  $set: (path, key, operand, context) => ({
    kind: "set",
    path,
    value: normalizeValue(operand, key, context),
  }),
  $unset: (path) => ({ kind: "unset", path }),
  $inc: makeIncrement,
  $push: (path, key, operand, context) => {
    if (isPlainObject(operand) && Object.keys(operand).some((name) => name.startsWith("$"))) {
      throw argumentError(context, key, "$push takes one element; modifiers such as $each are not supported")
    }
    return { kind: "push", path, value: normalizeValue(operand, key, context) }
  },
} as const satisfies Record<string, NodeMaker>

function makeIncrement(path: FieldPath, key: string, operand: unknown, context: CallContext): UpdateNode {
  const by = normalizeValue(operand, key, context)
  if (typeof by !== "number" && typeof by !== "bigint")
    throw argumentError(context, key, "$inc takes a number")
  return { kind: "inc", path, by }
}

/** Reads an update object into the AST. A plain field map is an error that names `$set`. */
export function parseUpdate(update: unknown, context: CallContext): readonly UpdateNode[] {
  if (!isPlainObject(update))
    throw argumentError(context, "", "an update is an object of operators such as $set")
  const nodes: UpdateNode[] = []
  for (const operator of Object.keys(update))
    nodes.push(...parseOperator(operator, update[operator], context))
  if (nodes.length === 0)
    throw argumentError(context, "", "the update changes nothing; give $set, $unset, $inc or $push")
  refuseConflicts(nodes, context)
  return Object.freeze(nodes)
}

function parseOperator(operator: string, fields: unknown, context: CallContext): UpdateNode[] {
  if (!Object.hasOwn(updateOperators, operator)) {
    const problem = operator.startsWith("$")
      ? `unknown update operator; known are ${Object.keys(updateOperators).join(" ")}`
      : "an update names its operators; write { $set: { … } } to set fields"
    throw argumentError(context, operator, problem)
  }
  if (!isPlainObject(fields)) throw argumentError(context, operator, "takes an object of paths")
  const make: NodeMaker = updateOperators[operator as keyof typeof updateOperators]
  // As in a document, an undefined field is left out.
  const keys = Object.keys(fields).filter((key) => fields[key] !== undefined)
  return keys.map((key) => Object.freeze(make(parseUpdatePath(key, context), key, fields[key], context)))
}

function parseUpdatePath(key: string, context: CallContext): FieldPath {
  if (/\$/.test(key)) {
    throw argumentError(
      context,
      key,
      "positional operators are not portable; read the document and set the whole array",
    )
  }
  const path = parsePath(key, context)
  if (isIdPath(path) || path[0] === "_id") throw argumentError(context, key, "an _id never changes")
  return path
}

function refuseConflicts(nodes: readonly UpdateNode[], context: CallContext): void {
  nodes.forEach((node, i) => {
    const other = nodes.slice(0, i).find((earlier) => overlaps(earlier.path, node.path))
    if (other === undefined) return
    throw argumentError(
      context,
      formatPath(node.path),
      `conflicts with the change of "${formatPath(other.path)}"`,
    )
  })
}
