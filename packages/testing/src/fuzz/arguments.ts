import type { Document, Filter } from "@nosql/contracts"
import { spec } from "@nosql/core"
import fc, { type Arbitrary } from "fast-check"
import { idPools } from "../random/arbitraries/documents.ts"
import { randomFilter } from "../random/arbitraries/filters.ts"
import { randomProjection } from "../random/arbitraries/projections.ts"
import { fields } from "../random/arbitraries/shapes.ts"
import { randomSort } from "../random/arbitraries/sorts.ts"
import { randomUpdate } from "../random/arbitraries/updates.ts"
import type { Supported } from "../random/supported.ts"
import { garbage, hostileKey } from "./garbage.ts"
import { mutated } from "./mutate.ts"

/** The arguments of a call, good or spoiled. Each is made once for all calls, so that a call may take any of them. */
export interface Arguments {
  readonly filter: unknown
  /** The JSON of a specification. */
  readonly specification: unknown
  readonly update: unknown
  readonly document: unknown
  readonly documents: unknown
  readonly options: unknown
  readonly path: unknown
  readonly id: unknown
  readonly value: unknown
}

export function randomArguments(supported: Supported): Arbitrary<Arguments> {
  const ids = idPools[0]?.ids ?? []
  // Few at a time: each call refuses what is no option of its own.
  const option = fc.oneof(
    ...Object.entries({
      sort: randomSort(0),
      skip: fc.nat({ max: 3 }),
      limit: fc.nat({ max: 3 }),
      size: fc.nat({ max: 3 }),
      projection: randomProjection,
      upsert: fc.boolean(),
      ordered: fc.boolean(),
      returnDocument: fc.constantFrom("before", "after"),
      after: fc.oneof(fc.string(), fc.base64String()),
      timeoutMs: fc.constant(1000),
      consistency: fc.constantFrom("strong", "eventual"),
    }).map(([name, value]) => fc.tuple(fc.constant(name), value as Arbitrary<unknown>)),
  )
  const options = fc.array(option, { maxLength: 2 }).map((chosen) => Object.fromEntries(chosen))
  const document = fc.oneof(
    fields,
    fields.map((body) => ({ _id: "a", ...body })),
  )
  const filter = randomFilter({ supported, ids, idRanges: true })
  return fc.record(
    {
      filter: mutated(filter),
      specification: mutated(filter.map((valid) => spec.where(valid as Filter<Document>).toJSON())),
      update: mutated(randomUpdate(supported)),
      document: mutated(document),
      documents: mutated(fc.array(document, { maxLength: 3 })),
      options: mutated(options),
      path: fc.oneof(hostileKey, garbage),
      id: fc.oneof(fc.constantFrom<unknown>(...ids), garbage),
      value: garbage,
    },
    { noNullPrototype: true },
  )
}
