import type { Document } from "@nosql/contracts"
import fc, { type Arbitrary } from "fast-check"
import type { PlainFilter } from "../reference/matches.ts"
import type { PlainUpdate } from "../reference/update-paths.ts"
import type { FilterOptions } from "./filters.ts"
import { fields } from "./shapes.ts"
import { randomUpdate } from "./updates.ts"

/** One operation of a bulk, as the user writes it. Those of one document name it by its `_id`, so that it is known which is written. */
export type BulkOperation =
  | { readonly insertOne: { readonly document: Document } }
  | { readonly updateOne: { readonly filter: PlainFilter; readonly update: PlainUpdate } }
  | { readonly updateMany: { readonly filter: PlainFilter; readonly update: PlainUpdate } }
  | { readonly replaceOne: { readonly filter: PlainFilter; readonly replacement: Document } }
  | { readonly deleteOne: { readonly filter: PlainFilter } }
  | { readonly deleteMany: { readonly filter: PlainFilter } }

export interface BulkWrite {
  readonly call: "bulkWrite"
  readonly operations: readonly BulkOperation[]
}

export function randomBulk(
  { ids, supported }: FilterOptions,
  filter: Arbitrary<PlainFilter>,
): Arbitrary<BulkWrite> {
  const id = fc.constantFrom(...ids)
  const byId = id.map((_id): PlainFilter => ({ _id }))
  const update = randomUpdate(supported)
  const document = fc.tuple(id, fields).map(([_id, body]): Document => ({ _id, ...body }))
  const operation = <Name extends string, Operands>(
    name: Name,
    operands: { [K in keyof Operands]: Arbitrary<Operands[K]> },
  ) =>
    fc.record(operands, { noNullPrototype: true }).map((made) => ({ [name]: made }) as Record<Name, Operands>)
  const operations: Arbitrary<BulkOperation> = fc.oneof(
    operation("insertOne", { document }),
    operation("updateOne", { filter: byId, update }),
    operation("updateMany", { filter, update }),
    operation("replaceOne", { filter: byId, replacement: fields }),
    operation("deleteOne", { filter: byId }),
    operation("deleteMany", { filter }),
  )
  return fc
    .array(operations, { maxLength: 4 })
    .map((some): BulkWrite => ({ call: "bulkWrite", operations: some }))
}
