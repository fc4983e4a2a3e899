import fc, { type Arbitrary } from "fast-check"
import type { PlainFilter } from "../reference/matches.ts"
import type { PlainProjection } from "../reference/project.ts"
import { type PlainSort, totalSort } from "../reference/sort-documents.ts"
import { type FilterOptions, randomFilter } from "./filters.ts"
import { randomProjection } from "./projections.ts"
import { mixedKey, pageSort, randomSort } from "./sorts.ts"

export interface FindOptions {
  readonly sort?: PlainSort
  readonly skip?: number
  readonly limit?: number
  readonly projection?: PlainProjection
}

/** One question to a collection. */
export type Read =
  | { readonly call: "find"; readonly filter: PlainFilter; readonly options: FindOptions }
  | { readonly call: "findOne"; readonly filter: PlainFilter; readonly options: Pick<FindOptions, "sort"> }
  | { readonly call: "count" | "exists"; readonly filter: PlainFilter }
  | { readonly call: "getMany"; readonly ids: readonly string[] }
  | { readonly call: "distinct"; readonly path: string; readonly filter: PlainFilter }
  | { readonly call: "pages"; readonly filter: PlainFilter; readonly sort: PlainSort; readonly size: number }

/** "A path that passes through a stored array other than by a canonical digit segment [is] outside the promise, in `distinct`" too. */
const distinctPaths = [
  "_id",
  "o.0",
  "n",
  "big",
  "s",
  "b",
  "d",
  "bin",
  "x",
  "nums",
  "tags",
  "items",
  "lists",
  "any",
  "o",
  "o.n",
  "o.p.tags",
  "items.0.n",
  "h.s",
  "zz",
]

export function randomRead(options: FilterOptions): Arbitrary<Read> {
  const filter = randomFilter(options)
  return fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({ call: fc.constant("find" as const), filter, options: findOptions }, plain),
    },
    {
      weight: 1,
      arbitrary: fc.record(
        { call: fc.constant("findOne" as const), filter, options: randomSort(1).map((sort) => ({ sort })) },
        plain,
      ),
    },
    {
      weight: 3,
      arbitrary: fc.record({ call: fc.constantFrom("count" as const, "exists" as const), filter }, plain),
    },
    {
      weight: 1,
      arbitrary: fc.record(
        {
          call: fc.constant("getMany" as const),
          ids: fc.array(fc.constantFrom(...options.ids), { maxLength: 6 }),
        },
        plain,
      ),
    },
    {
      weight: 2,
      arbitrary: fc.record(
        { call: fc.constant("distinct" as const), path: fc.constantFrom(...distinctPaths), filter },
        plain,
      ),
    },
    {
      weight: 2,
      arbitrary: fc
        .record(
          {
            call: fc.constant("pages" as const),
            filter,
            sort: pageSort,
            size: fc.constantFrom(1, 2, 3, 5, 20),
          },
          plain,
        )
        .map(withoutBytes),
    },
  )
}

type Pages = Extract<Read, { call: "pages" }>

/** "Binary is no sort key": the field of scalars holds bytes, too. */
function withoutBytes(pages: Pages): Pages {
  if (!Object.hasOwn(pages.sort, mixedKey)) return pages
  return { ...pages, filter: { $and: [pages.filter, { $nor: [{ [mixedKey]: { $type: "binary" } }] }] } }
}

const plain = { noNullPrototype: true }

const window = fc.record(
  { skip: fc.nat({ max: 6 }), limit: fc.nat({ max: 8 }) },
  { requiredKeys: [], noNullPrototype: true },
)

const findOptions: Arbitrary<FindOptions> = fc
  .record(
    { sort: randomSort(1), window, projection: randomProjection },
    { requiredKeys: [], noNullPrototype: true },
  )
  .map(({ sort, window: cut = {}, projection }) => {
    const options: FindOptions = {
      ...(sort === undefined ? {} : { sort }),
      ...cut,
      ...(projection === undefined ? {} : { projection }),
    }
    // Without an `_id` a document of a window cannot be recognised, so there the order is total ("ties in the store's order").
    const hidesId = projection?.["_id"] === 0 && Object.keys(cut).length > 0
    return hidesId ? { ...options, sort: totalSort(sort ?? {}) } : options
  })
