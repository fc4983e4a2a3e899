import fc, { type Arbitrary } from "fast-check"
import type { PlainSort } from "../reference/sort-documents.ts"

/** "Sort keys: values of one kind (number, string, date, boolean) or null/missing. Arrays, objects, binary are no sort keys." */
const sortable = [
  "n",
  "m",
  "big",
  "s",
  "t",
  "b",
  "d",
  "constructor",
  "ключ \u{1F600}",
  "o.n",
  "o.0",
  "o.s",
  "o.p.n",
  "h.n",
  "h.s",
  "zz",
  "_id",
]

const key = fc.tuple(fc.constantFrom(...sortable), fc.constantFrom<PlainSort[string]>(1, -1, "asc", "desc"))

export function randomSort(minKeys: 0 | 1): Arbitrary<PlainSort> {
  return fc
    .uniqueArray(key, { minLength: minKeys, maxLength: 3, selector: ([path]) => path })
    .map((keys) => Object.fromEntries(keys))
}
