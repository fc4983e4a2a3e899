import type { Document, Value } from "@nosql/contracts"
import { isArray, isObject } from "./kind-of.ts"
import { OutsideThePromise } from "./promise.ts"

/** "A canonical digit segment (`0|[1-9]\d*`), which indexes an array and is a key elsewhere." */
export function isDigits(segment: string): boolean {
  return /^(0|[1-9][0-9]*)$/.test(segment)
}

/** The value at a dotted path; undefined where it is missing. */
export function readPath(document: Document, path: string): Value | undefined {
  let value: Value | undefined = document
  for (const segment of path.split(".")) {
    if (isArray(value)) {
      // "A path that passes through a stored array other than by a canonical digit segment [is] outside the promise."
      if (!isDigits(segment)) throw new OutsideThePromise("a path through an array")
      value = value[Number(segment)]
    } else {
      value = isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined
    }
  }
  return value
}
