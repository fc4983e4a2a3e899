import type { Document } from "@nosql/contracts"
import fc, { type Arbitrary } from "fast-check"
import { fields } from "./shapes.ts"

const plainIds = [
  "d1",
  "d10",
  "d2",
  "D3",
  "a",
  "\u{1F600}",
  "\uFF5E",
  "é",
  "x y",
  "0",
  "d1.5",
  "$d",
  "Z",
  "~",
]
const hexIds = Array.from({ length: 14 }, (_, i) => ((i * 37) % 256).toString(16).padStart(2, "0").repeat(12))

export const idPools: readonly IdPool[] = [
  { ids: plainIds, mixed: false },
  { ids: hexIds, mixed: false },
  { ids: [...plainIds.slice(0, 8), ...hexIds.slice(0, 6)], mixed: true },
]

export interface IdPool {
  readonly ids: readonly string[]
  /** "Ranges [over `_id`] where all ids are of one kind": here some have 24 hex digits, and some have not. */
  readonly mixed: boolean
}

/** Up to 14 documents with ids of one pool. */
export function randomDocuments(ids: readonly string[]): Arbitrary<readonly Document[]> {
  return fc
    .tuple(fc.array(fields, { maxLength: 14, size: "max" }), fc.nat({ max: 13 }))
    .map(([bodies, start]) =>
      bodies.map((body, i) => ({ _id: ids[(start + i * 5) % ids.length] as string, ...body })),
    )
}
