import type { Value } from "@nosql/contracts"
import { kindOf } from "./kind-of.ts"
import { OutsideThePromise } from "./promise.ts"

/** The order of two values of one kind: number, string, date or boolean. Undefined: they have none. */
export function compareOneKind(a: Value, b: Value): number | undefined {
  const kind = kindOf(a)
  if (kind !== kindOf(b)) return undefined
  if (kind === "string") return compareStrings(a as string, b as string)
  if (kind !== "number" && kind !== "date" && kind !== "boolean") return undefined
  const [x, y] = [a as number, b as number] // `<` compares a number with a bigint exactly, dates by time, false below true
  return x < y ? -1 : x > y ? 1 : 0
}

/** Strings by code point. */
function compareStrings(a: string, b: string): number {
  const x = Array.from(a, (character) => character.codePointAt(0) as number)
  const y = Array.from(b, (character) => character.codePointAt(0) as number)
  for (let i = 0; i < x.length && i < y.length; i++) {
    const difference = (x[i] as number) - (y[i] as number)
    if (difference !== 0) return difference
  }
  return x.length - y.length
}

/** "Null and missing tie and come first ascending"; "among different kinds the order is the store's own". */
export function compareForSort(a: Value | undefined, b: Value | undefined): number {
  const x = a ?? null
  const y = b ?? null
  if (x === null || y === null) {
    // "Arrays, objects, binary are no sort keys", beside null neither.
    if (compareOneKind(x ?? y ?? 0, x ?? y ?? 0) === undefined) throw new OutsideThePromise("a sort key")
    return x === y ? 0 : x === null ? -1 : 1
  }
  const order = compareOneKind(x, y)
  if (order === undefined) throw new OutsideThePromise("a sort over several kinds")
  return order
}
