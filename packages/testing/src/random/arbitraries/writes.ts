import type { Document } from "@nosql/contracts"
import fc, { type Arbitrary } from "fast-check"
import type { PlainFilter } from "../reference/matches.ts"
import type { PlainProjection } from "../reference/project.ts"
import type { PlainSort } from "../reference/sort-documents.ts"
import type { PlainUpdate } from "../reference/update-paths.ts"
import { type BulkWrite, randomBulk } from "./bulks.ts"
import { type FilterOptions, randomFilter } from "./filters.ts"
import { randomProjection } from "./projections.ts"
import { fields } from "./shapes.ts"
import { randomSort } from "./sorts.ts"
import { randomUpdate } from "./updates.ts"
import { upsertFilter } from "./upserts.ts"

/** What is to become of a document. */
export type Change =
  | { readonly kind: "update"; readonly update: PlainUpdate }
  | { readonly kind: "replace"; readonly replacement: Document }
  | { readonly kind: "delete" }

/** `updateOne`, `deleteMany`, `findOneAndReplace` and the like. */
export interface FilteredWrite {
  readonly call: "one" | "many" | "findOneAnd"
  readonly filter: PlainFilter
  readonly change: Change
  readonly options: WriteOptions
}

interface WriteOptions {
  readonly upsert?: boolean
  readonly sort?: PlainSort
  readonly returnDocument?: "before" | "after"
  readonly projection?: PlainProjection
}

/** One write, of which the whole collection is compared afterwards. */
export type Write = FilteredWrite | BulkWrite

const plain = { noNullPrototype: true }

export function randomWrite(options: FilterOptions): Arbitrary<Write> {
  const anywhere = randomFilter(options)
  const seeding = upsertFilter(options.ids)
  const update = fc.record(
    { kind: fc.constant("update" as const), update: randomUpdate(options.supported) },
    plain,
  )
  const replace = fc.record({ kind: fc.constant("replace" as const), replacement: fields }, plain)
  const remove = fc.constant({ kind: "delete" as const })
  const none = fc.constant({})
  const upsert = fc.constant({ upsert: true })
  const write = (
    call: FilteredWrite["call"],
    filter: Arbitrary<PlainFilter>,
    change: Arbitrary<Change>,
    chosen: Arbitrary<WriteOptions>,
  ): Arbitrary<Write> => fc.record({ call: fc.constant(call), filter, change, options: chosen }, plain)
  const single = fc.record(
    { sort: randomSort(1), returnDocument: fc.constantFrom("before", "after"), projection: shownProjection },
    { requiredKeys: [], noNullPrototype: true },
  ) as Arbitrary<WriteOptions>
  return fc.oneof(
    { weight: 4, arbitrary: write("one", anywhere, update, none) },
    { weight: 6, arbitrary: write("many", anywhere, update, none) },
    { weight: 1, arbitrary: write("one", seeding, update, upsert) },
    { weight: 2, arbitrary: write("many", seeding, update, upsert) },
    { weight: 1, arbitrary: write("one", anywhere, replace, none) },
    { weight: 1, arbitrary: write("one", seeding, replace, upsert) },
    { weight: 1, arbitrary: write("one", anywhere, remove, none) },
    { weight: 1, arbitrary: write("many", anywhere, remove, none) },
    { weight: 2, arbitrary: write("findOneAnd", anywhere, update, single) },
    { weight: 1, arbitrary: write("findOneAnd", anywhere, replace, single) },
    { weight: 1, arbitrary: write("findOneAnd", anywhere, remove, withoutImage(single)) },
    {
      weight: 1,
      arbitrary: write(
        "findOneAnd",
        seeding,
        fc.oneof(update, replace),
        single.map((one) => ({ ...one, upsert: true })),
      ),
    },
    { weight: 2, arbitrary: randomBulk(options, anywhere) },
  )
}

/** With its `_id`, by which the document is known again. */
const shownProjection = randomProjection.map(
  ({ _id, ...paths }): PlainProjection => (Object.keys(paths).length === 0 ? { _id: 1 } : paths),
)

/** What is deleted has one image. */
function withoutImage(options: Arbitrary<WriteOptions>): Arbitrary<WriteOptions> {
  return options.map(({ returnDocument: _, ...others }) => others)
}
