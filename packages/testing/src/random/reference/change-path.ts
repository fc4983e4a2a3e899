import type { Document, Value } from "@nosql/contracts"
import { isArray, isObject } from "./kind-of.ts"
import { OutsideThePromise, Refused } from "./promise.ts"
import { isDigits } from "./read-path.ts"

type Holder = Record<string, Value>

/**
 * Puts `change(what is there)` at a path, in place. "`$set a.b` creates missing parents and is an error through null, a scalar or
 * an array (except an existing digit index)"; "operators that create obey the same rule for parents".
 */
export function changePath(
  document: Document,
  path: string,
  change: (current: Value | undefined) => Value,
): void {
  const segments = path.split(".")
  const last = segments.pop() as string
  let holder: Value = document
  for (const segment of segments) {
    checkHolder(holder, segment, path)
    const fields = holder as Holder
    if (ownValue(fields, segment) === undefined) fields[segment] = {}
    holder = fields[segment] as Value
  }
  checkHolder(holder, last, path)
  const fields = holder as Holder
  fields[last] = change(ownValue(fields, last))
}

function checkHolder(holder: Value, segment: string, path: string): void {
  if (isObject(holder)) return
  if (!isArray(holder) || !isDigits(segment)) throw new Refused(path)
  // "Writing past an array's end [is] outside the promise."
  if (Number(segment) >= holder.length) throw new OutsideThePromise("a write past an array's end")
}

/**
 * Takes the value at a path out, in place, and returns it; undefined where there was none.
 * "`$unset` through null or a scalar does nothing"; "`$unset` of an array element leaves null".
 */
export function removePath(document: Document, path: string): Value | undefined {
  const segments = path.split(".")
  const last = segments.pop() as string
  let holder: Value | undefined = document
  for (const segment of segments) {
    checkRemoval(holder, segment)
    holder = isObject(holder) || isArray(holder) ? ownValue(holder as Holder, segment) : undefined
  }
  checkRemoval(holder, last)
  if (!isObject(holder) && !isArray(holder)) return undefined
  const fields = holder as Holder
  const value = ownValue(fields, last)
  if (value === undefined) return undefined
  if (isArray(holder)) fields[last] = null
  else delete fields[last]
  return value
}

/** "Any removal through an array without a digit [is] outside the promise"; so, here, is one past its end. */
function checkRemoval(holder: Value | undefined, segment: string): void {
  if (isArray(holder) && (!isDigits(segment) || Number(segment) >= holder.length))
    throw new OutsideThePromise("a removal in an array")
}

function ownValue(holder: Holder, segment: string): Value | undefined {
  return Object.hasOwn(holder, segment) ? holder[segment] : undefined
}

/** "`$pull $pop $rename` through a non-object [are] outside the promise." */
export function refuseToGuess(document: Document, path: string): void {
  let holder: Value | undefined = document
  for (const segment of path.split(".")) {
    if (holder === undefined) return
    if (!isObject(holder)) throw new OutsideThePromise("a removal through what is no object")
    holder = ownValue(holder, segment)
  }
}
