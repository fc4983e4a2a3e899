import type { Document } from "@nosql/contracts"
import fc, { type Arbitrary } from "fast-check"
import type { PlainFilter } from "../reference/matches.ts"
import type { PlainUpdate } from "../reference/update-paths.ts"
import { type FilterOptions, randomFilter } from "./filters.ts"
import { fields } from "./shapes.ts"
import { randomUpdate } from "./updates.ts"
import { upsertFilter } from "./upserts.ts"

/** One write, of which the whole collection is compared afterwards. */
export type Write =
  | {
      readonly call: "updateOne" | "updateMany"
      readonly filter: PlainFilter
      readonly update: PlainUpdate
      readonly options: { readonly upsert?: boolean }
    }
  | {
      readonly call: "replaceOne"
      readonly filter: PlainFilter
      readonly replacement: Document
      readonly options: { readonly upsert?: boolean }
    }
  | { readonly call: "deleteOne" | "deleteMany"; readonly filter: PlainFilter }

const plain = { noNullPrototype: true }

export function randomWrite(options: FilterOptions): Arbitrary<Write> {
  const filter = randomFilter(options)
  const update = randomUpdate(options.supported)
  const updateCall = fc.constantFrom("updateOne" as const, "updateMany" as const, "updateMany" as const)
  const none = fc.constant({})
  const upsert = fc.constant({ upsert: true })
  return fc.oneof(
    { weight: 10, arbitrary: fc.record({ call: updateCall, filter, update, options: none }, plain) },
    {
      weight: 3,
      arbitrary: fc.record(
        { call: updateCall, filter: upsertFilter(options.ids), update, options: upsert },
        plain,
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record(
        { call: fc.constant("replaceOne" as const), filter, replacement: fields, options: none },
        plain,
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record(
        {
          call: fc.constant("replaceOne" as const),
          filter: upsertFilter(options.ids),
          replacement: fields,
          options: upsert,
        },
        plain,
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record(
        { call: fc.constantFrom("deleteOne" as const, "deleteMany" as const), filter },
        plain,
      ),
    },
  )
}
