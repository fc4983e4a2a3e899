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

const direction = fc.constantFrom<PlainSort[string]>(1, -1, "asc", "desc")

/** The field that holds scalars of any kind. */
export const mixedKey = "x"

export function randomSort(minKeys: 0 | 1): Arbitrary<PlainSort> {
  return sortOver(sortable, minKeys)
}

/** "Pages are total", whatever kinds a key holds: so sorts of pages may have one of several. */
export const pageSort: Arbitrary<PlainSort> = sortOver([...sortable, mixedKey, mixedKey, mixedKey], 0)

function sortOver(paths: readonly string[], minLength: 0 | 1): Arbitrary<PlainSort> {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...paths), direction), {
      minLength,
      maxLength: 3,
      selector: ([path]) => path,
    })
    .map((keys) => Object.fromEntries(keys))
}
