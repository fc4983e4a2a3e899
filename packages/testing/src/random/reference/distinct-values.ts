import type { Document, Value } from "@nosql/contracts"
import { compareOneKind } from "./compare.ts"
import { equal } from "./equal.ts"
import { isArray, type Kind, kindOf } from "./kind-of.ts"
import { readPath } from "./read-path.ts"

/** "Order: null, numbers, strings, booleans, dates, then binary, arrays, objects." */
const order: readonly Kind[] = ["null", "number", "string", "boolean", "date", "binary", "array", "object"]

/** "Array elements singly, missing skipped, null kept." */
export function distinctValues(documents: readonly Document[], path: string): Value[] {
  const values: Value[] = []
  for (const document of documents) {
    const value = readPath(document, path)
    if (value === undefined) continue
    for (const each of isArray(value) ? value : [value]) {
      if (!values.some((other) => equal(other, each))) values.push(each)
    }
  }
  return values.sort(
    (a, b) => order.indexOf(kindOf(a)) - order.indexOf(kindOf(b)) || (compareOneKind(a, b) ?? 0),
  )
}
