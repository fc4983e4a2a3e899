import type { FieldPath } from "../ast/filter.ts"
import { formatPath, overlaps } from "../ast/path.ts"
import type { UpdateNode } from "../ast/update.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { arrayUpdateOperators } from "./parse-update-array.ts"
import { fieldUpdateOperators } from "./parse-update-field.ts"
import { parseUpdatePath } from "./parse-update-path.ts"
import type { UpdateOperatorParser } from "./update-operator-parser.ts"

/** Every update operator of the language. */
export const updateOperators = {
  ...fieldUpdateOperators,
  ...arrayUpdateOperators,
} as const satisfies Record<`$${UpdateNode["kind"]}`, UpdateOperatorParser>

/** Reads an update object into the AST. A plain field map is an error that names `$set`. */
export function parseUpdate(update: unknown, context: CallContext): readonly UpdateNode[] {
  if (Array.isArray(update)) {
    throw argumentError(context, "", "an update is an object of operators; pipelines are not portable")
  }
  if (!isPlainObject(update))
    throw argumentError(context, "", "an update is an object of operators such as $set")
  const nodes: UpdateNode[] = []
  for (const operator of Object.keys(update)) parseOperator(operator, update[operator], nodes, context)
  if (nodes.length === 0)
    throw argumentError(context, "", "the update changes nothing; give at least one operator and one path")
  refuseConflicts(nodes, context)
  return Object.freeze(nodes)
}

function parseOperator(operator: string, fields: unknown, nodes: UpdateNode[], context: CallContext): void {
  if (!Object.hasOwn(updateOperators, operator))
    throw argumentError(context, operator, unknownProblem(operator))
  if (!isPlainObject(fields)) throw argumentError(context, operator, "takes an object of paths")
  const parse: UpdateOperatorParser = updateOperators[operator as keyof typeof updateOperators]
  for (const key of Object.keys(fields)) {
    const operand = fields[key]
    // As in a document, an undefined field is left out.
    if (operand === undefined) continue
    nodes.push(Object.freeze(parse(parseUpdatePath(key, context), key, operand, context)))
  }
}

/** What to write instead of the operators that people know from MongoDB. */
const remedies: Readonly<Record<string, string>> = {
  $pushAll: "write $push: { tags: { $each: […] } }",
  $pullAll: "write $pull: { tags: { $in: […] } }",
  $addFields: "write $set",
  $replaceRoot: "use replaceOne",
  $bit: "bits are not portable; keep flags in fields of their own",
}

function unknownProblem(operator: string): string {
  if (Object.hasOwn(remedies, operator)) return `${operator} is not portable: ${remedies[operator]}`
  return operator.startsWith("$")
    ? `unknown update operator; known are ${Object.keys(updateOperators).join(" ")}`
    : "an update names its operators; write { $set: { … } } to set fields"
}

function refuseConflicts(nodes: readonly UpdateNode[], context: CallContext): void {
  const seen: FieldPath[] = []
  for (const node of nodes) {
    refuseConflict(node.path, seen, context)
    if (node.kind === "rename") refuseConflict(node.to, seen, context)
  }
}

function refuseConflict(path: FieldPath, seen: FieldPath[], context: CallContext): void {
  for (const other of seen) {
    if (!overlaps(other, path)) continue
    const problem = `conflicts with the change of "${formatPath(other)}"; change each path once, and not with its parent`
    throw argumentError(context, formatPath(path), problem)
  }
  seen.push(path)
}
