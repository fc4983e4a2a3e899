import type { Document } from "@nosql/contracts"
import fc, { type Arbitrary } from "fast-check"
import { fields } from "./shapes.ts"

/** "Ranges [over `_id`] where all ids are of one kind": a collection has ids of 24 hex digits, or none. */
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

export const idPools: readonly (readonly string[])[] = [plainIds, hexIds]

/** Up to 14 documents with ids of one pool. */
export function randomDocuments(ids: readonly string[]): Arbitrary<readonly Document[]> {
  return fc
    .tuple(fc.array(fields, { maxLength: 14, size: "max" }), fc.nat({ max: 13 }))
    .map(([bodies, start]) =>
      bodies.map((body, i) => ({ _id: ids[(start + i * 5) % ids.length] as string, ...body })),
    )
}
