import type { Value } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import { getField, getPath, isArrayIndex } from "../values/get-path.ts"
import type { Predicate, ValueTest } from "./predicate.ts"

/** Whatever a value may inherit a property from, or has as its own without it being a field. */
const prototypes: readonly object[] = [
  Object.prototype,
  Array.prototype,
  Date.prototype,
  Uint8Array.prototype,
  String.prototype,
  Number.prototype,
  Boolean.prototype,
  BigInt.prototype,
  { driver: "", type: "", text: "" }, // of a NativeValue
]

/**
 * A name that only a plain object can answer to: then a bare property access tells the same as a look at own fields, at a tenth of the cost.
 */
function isPlainName(segment: string): boolean {
  return !isArrayIndex(segment) && !prototypes.some((prototype) => segment in prototype)
}

/** Puts a test behind the look at a path; the empty path is the value itself. Short paths, the usual ones, are one closure each. */
export function testAt(path: FieldPath, test: ValueTest): Predicate {
  const [first, second, third] = path
  if (first === undefined) return test
  if (!path.every(isPlainName))
    return second === undefined
      ? (document) => test(getField(document, first))
      : (document) => test(getPath(document, path))
  if (second === undefined) return (document) => test(field(document, first))
  if (third === undefined) return (document) => test(field(field(document, first), second))
  return (document) => {
    let value: Value | undefined = document
    for (let i = 0; i < path.length; i++) value = field(value, path[i] as string)
    return test(value)
  }
}

function field(value: Value | undefined, name: string): Value | undefined {
  return value === null || value === undefined ? undefined : (value as Record<string, Value>)[name]
}

/** The commonest test of all, equality of a top-level field with a string or a boolean, as one closure without a call. */
export function equalityAt(path: FieldPath, operand: string | boolean): Predicate | undefined {
  const [name, ...more] = path
  if (name === undefined || more.length > 0 || !isPlainName(name)) return undefined
  return (document) => document !== null && (document as Record<string, Value>)[name] === operand
}
