import type { Document, Value } from "@nosql/contracts"
import { calculate } from "./arithmetic.ts"
import { asStored } from "./as-stored.ts"
import { addToSet, asArray, popFrom, pullFrom, pushTo } from "./change-array.ts"
import { changePath, refuseToGuess, removePath } from "./change-path.ts"
import { compareOneKind } from "./compare.ts"
import { copyValue } from "./copy-value.ts"
import { OutsideThePromise, Refused } from "./promise.ts"
import { readPath } from "./read-path.ts"
import type { PlainUpdate } from "./update-paths.ts"

/** Stands for the time of `$currentDate`, which nobody knows beforehand; it compares as a date of today. */
export const aboutNow = new Date()

/**
 * The document after an update, by docs/semantics.md §5 alone. Throws `Refused` where the store must answer `invalid-argument`.
 *
 * @param bigintFields the top-level fields declared `bigint`: their sums are exact in int64.
 */
export function applyUpdate(
  document: Document,
  update: PlainUpdate,
  { isInsert = false, bigintFields = [] }: { isInsert?: boolean; bigintFields?: readonly string[] } = {},
): Document {
  const next = copyValue(document) as Document
  const refused: string[] = []
  for (const [operator, changes] of Object.entries(update)) {
    for (const [path, operand] of Object.entries(changes)) {
      if (operator === "$setOnInsert" && !isInsert) continue
      try {
        applyOperator(next, operator, path, operand, bigintFields.includes(path))
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        refused.push(...error.paths)
      }
    }
  }
  // Which of several wrong changes the store names is its own choice.
  if (refused.length > 0) throw new Refused(...refused)
  return next
}

function applyOperator(
  document: Document,
  operator: string,
  path: string,
  operand: unknown,
  isBigintPath: boolean,
): void {
  const change = (by: (current: Value | undefined) => Value) => changePath(document, path, by)
  const changeArray = (by: (array: readonly Value[]) => Value[]) =>
    change((current = []) => changed(current, path, by))
  const changeExisting = (by: (array: readonly Value[]) => Value[]) => {
    refuseToGuess(document, path)
    // On a missing field `$pull` and `$pop` do nothing: no parents are made.
    if (readPath(document, path) !== undefined) changeArray(by)
  }
  const operators: Readonly<Record<string, () => unknown>> = {
    $set: () => change(() => asStored(copyValue(operand as Value))),
    $setOnInsert: () => change(() => asStored(copyValue(operand as Value))),
    $currentDate: () => change(() => aboutNow),
    $unset: () => removePath(document, path),
    $rename: () => rename(document, path, operand as string),
    $inc: () => change((current = 0) => calculated("+", current, operand, path, isBigintPath)),
    $mul: () => change((current = 0) => calculated("*", current, operand, path, isBigintPath)),
    $min: () => change((current) => extreme(current, operand as Value, -1)),
    $max: () => change((current) => extreme(current, operand as Value, 1)),
    $push: () => changeArray((array) => pushTo(array, operand)),
    $addToSet: () => changeArray((array) => addToSet(array, operand)),
    $pull: () => changeExisting((array) => pullFrom(array, operand)),
    $pop: () => changeExisting((array) => popFrom(array, operand)),
  }
  const apply = operators[operator]
  if (apply === undefined) throw new Error(`the reference does not know ${operator}`)
  apply()
}

function rename(document: Document, path: string, target: string): void {
  refuseToGuess(document, path)
  const value = removePath(document, path)
  if (value !== undefined) changePath(document, target, () => value)
}

function calculated(
  operator: "+" | "*",
  current: Value,
  operand: unknown,
  path: string,
  isBigintPath: boolean,
): Value {
  if (typeof current !== "number" && typeof current !== "bigint") throw new Refused(path)
  return asStored(calculate(operator, current, operand as number | bigint, isBigintPath))
}

/** "`$min $max` compare within one kind, null below everything; other mixes are outside the promise." */
function extreme(current: Value | undefined, operand: Value, wanted: 1 | -1): Value {
  const value = asStored(operand)
  if (current === undefined) return value
  const order = nullOrder(value, current) ?? compareOneKind(value, current)
  if (order === undefined) throw new OutsideThePromise("$min or $max over several kinds")
  return order * wanted > 0 ? value : current
}

function nullOrder(a: Value, b: Value): number | undefined {
  if (a !== null && b !== null) return undefined
  return a === b ? 0 : a === null ? -1 : 1
}

function changed(current: Value, path: string, change: (array: readonly Value[]) => Value[]): Value {
  const array = asArray(current)
  if (array === undefined) throw new Refused(path)
  return asStored(copyValue(change(array)))
}
