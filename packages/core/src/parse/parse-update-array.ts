import type { Value } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import { fold } from "../ast/fold.ts"
import type { SortKey } from "../ast/query.ts"
import type { UpdateNode } from "../ast/update.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { normalizeValue } from "../values/normalize-value.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { asPairs } from "./ordered-pairs.ts"
import { parseElementFilter } from "./parse-filter.ts"
import { parseSort } from "./parse-sort.ts"
import type { UpdateOperatorParser } from "./update-operator-parser.ts"

/** The operators that change the elements of an array. */
export const arrayUpdateOperators = {
  $push: parsePush,
  $addToSet: parseAddToSet,
  $pull: parsePull,
  $pop: parsePop,
} as const satisfies Record<string, UpdateOperatorParser>

function parsePush(path: FieldPath, key: string, operand: unknown, context: CallContext): UpdateNode {
  const modifiers = parseModifiers(key, operand, ["$each", "$position", "$slice", "$sort"], context)
  const values = parseElements(path, key, operand, modifiers, context)
  if (modifiers === undefined) return { kind: "push", path, values }
  const { $position: position, $slice: slice, $sort: sort } = modifiers
  return {
    kind: "push",
    path,
    values,
    ...(position === undefined ? {} : { position: whole("$position", key, position, context) }),
    ...(slice === undefined ? {} : { slice: whole("$slice", key, slice, context) }),
    ...(sort === undefined ? {} : { sort: parseElementSort(key, sort, context) }),
  }
}

function parseAddToSet(path: FieldPath, key: string, operand: unknown, context: CallContext): UpdateNode {
  const modifiers = parseModifiers(key, operand, ["$each"], context)
  const values = parseElements(path, key, operand, modifiers, context)
  return { kind: "addToSet", path, values }
}

/** The modifiers of an operand that begins with `$`; undefined where it is an element itself. */
function parseModifiers(
  key: string,
  operand: unknown,
  known: readonly string[],
  context: CallContext,
): Record<string, unknown> | undefined {
  if (!isPlainObject(operand) || !Object.keys(operand).some((name) => name.startsWith("$"))) return undefined
  const unknown = Object.keys(operand).find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw argumentError(context, `${key}.${unknown}`, `unknown modifier; known are ${known.join(" ")}`)
  if (!Array.isArray(operand["$each"])) {
    throw argumentError(
      context,
      `${key}.$each`,
      "modifiers need $each, an array of the elements; [] adds none",
    )
  }
  return operand
}

/** The elements of `$each`, or the one that the operand is. */
function parseElements(
  path: FieldPath,
  key: string,
  operand: unknown,
  modifiers: Record<string, unknown> | undefined,
  context: CallContext,
): readonly Value[] {
  if (modifiers !== undefined)
    return Object.freeze(normalizeValue(modifiers["$each"], key, context, path.length) as Value[])
  const depth = path.length + (Array.isArray(operand) ? 2 : 1) // an array directly inside an array counts two
  return Object.freeze([normalizeValue(operand, key, context, depth)])
}

function whole(modifier: string, key: string, operand: unknown, context: CallContext): number {
  if (Number.isSafeInteger(operand)) return operand as number
  throw argumentError(context, `${key}.${modifier}`, "takes a whole number")
}

/** `1` and `-1` sort the elements themselves, an object or pairs sort them by their fields. */
function parseElementSort(key: string, sort: unknown, context: CallContext): readonly SortKey[] {
  if (sort === 1 || sort === -1) {
    return Object.freeze([Object.freeze({ path: Object.freeze([]), direction: sort })])
  }
  const of = {
    path: `${key}.$sort`,
    takes: "takes 1, -1 or an object such as { score: -1 }, or pairs",
    remedy: asPairs,
  }
  const keys = parseSort(sort, context, of)
  if (keys.length === 0) throw argumentError(context, of.path, of.takes)
  return keys
}

function parsePull(path: FieldPath, key: string, operand: unknown, context: CallContext): UpdateNode {
  const { of, filter } = parseElementFilter(operand, key, context)
  return { kind: "pull", path, of, filter: fold(filter) }
}

function parsePop(path: FieldPath, key: string, operand: unknown, context: CallContext): UpdateNode {
  if (operand === 1) return { kind: "pop", path, end: "last" }
  if (operand === -1) return { kind: "pop", path, end: "first" }
  throw argumentError(context, key, "$pop takes 1 (the last element) or -1 (the first)")
}
