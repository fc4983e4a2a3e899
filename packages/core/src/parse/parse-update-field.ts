import type { Value } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import type { UpdateNode } from "../ast/update.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { kindOf } from "../values/compare-values.ts"
import { normalizeValue } from "../values/normalize-value.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { parseUpdatePath } from "./parse-update-path.ts"
import type { UpdateOperatorParser } from "./update-operator-parser.ts"

/** The operators that change a field as a whole. */
export const fieldUpdateOperators = {
  $set: (path, key, operand, context) => ({ kind: "set", path, value: stored(path, key, operand, context) }),
  $unset: parseUnset,
  $inc: (path, key, operand, context) => ({ kind: "inc", path, by: numeric("$inc", key, operand, context) }),
  $mul: (path, key, operand, context) => ({ kind: "mul", path, by: numeric("$mul", key, operand, context) }),
  $min: (path, key, operand, context) => ({
    kind: "min",
    path,
    value: ordered("$min", key, operand, context),
  }),
  $max: (path, key, operand, context) => ({
    kind: "max",
    path,
    value: ordered("$max", key, operand, context),
  }),
  $rename: parseRename,
  $currentDate: parseCurrentDate,
  $setOnInsert: (path, key, operand, context) => ({
    kind: "setOnInsert",
    path,
    value: stored(path, key, operand, context),
  }),
} as const satisfies Record<string, UpdateOperatorParser>

function stored(path: FieldPath, key: string, operand: unknown, context: CallContext): Value {
  return normalizeValue(operand, key, context, path.length)
}

function numeric(operator: string, key: string, operand: unknown, context: CallContext): number | bigint {
  const by = normalizeValue(operand, key, context)
  if (typeof by === "number" || typeof by === "bigint") return by
  throw argumentError(context, key, `${operator} takes a number or a bigint`)
}

const orderedKinds: ReadonlySet<string> = new Set(["null", "number", "string", "boolean", "date"])

function ordered(operator: string, key: string, operand: unknown, context: CallContext): Value {
  const value = normalizeValue(operand, key, context)
  if (orderedKinds.has(kindOf(value))) return value
  throw argumentError(
    context,
    key,
    `${operator} takes a number, a bigint, a string, a boolean, a Date or null: other values have no portable order`,
  )
}

function parseUnset(path: FieldPath, key: string, operand: unknown, context: CallContext): UpdateNode {
  // A computed `false` that removed the field would surprise.
  if (operand === false) throw argumentError(context, key, "$unset takes true; leave the path out to keep it")
  return { kind: "unset", path }
}

function parseRename(path: FieldPath, key: string, operand: unknown, context: CallContext): UpdateNode {
  if (typeof operand !== "string") throw argumentError(context, key, "$rename takes the new path as a string")
  return { kind: "rename", path, to: parseUpdatePath(operand, context) }
}

function parseCurrentDate(path: FieldPath, key: string, operand: unknown, context: CallContext): UpdateNode {
  const isDate = isPlainObject(operand) && operand["$type"] === "date" && Object.keys(operand).length === 1
  if (operand === true || isDate) return { kind: "currentDate", path }
  throw argumentError(
    context,
    key,
    '$currentDate takes true or { $type: "date" }; timestamps are not portable',
  )
}
