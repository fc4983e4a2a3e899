import type { Value } from "@nosql/contracts"
import fc, { type Arbitrary } from "fast-check"
import type { PlainFilter } from "../reference/matches.ts"
import { house, scalars } from "./shapes.ts"
import { orNull, scalar, smallNumber, text } from "./values.ts"

/** The ways to write an equality that folding leaves in conjunctive position. */
const forms: readonly ((path: string, value: Value) => PlainFilter)[] = [
  (path, value) => ({ [path]: value }),
  (path, value) => ({ [path]: { $eq: value } }),
  (path, value) => ({ [path]: { $in: [value] } }),
  (path, value) => ({ $and: [{ [path]: value }] }),
  (path, value) => ({ $or: [{ [path]: { $eq: value } }] }),
]

function equality(path: string, value: Arbitrary<Value>): Arbitrary<PlainFilter> {
  return fc.tuple(value, fc.constantFrom(...forms)).map(([operand, form]) => form(path, operand))
}

/**
 * A filter for an upsert: equalities that seed, and conditions that do not. One condition a field, so that folding cannot find
 * an equality which is not written (`$gte: 5, $lte: 5`).
 */
export function upsertFilter(ids: readonly string[]): Arbitrary<PlainFilter> {
  // An id that is taken by a document which does not match costs core its pauses before it believes it.
  const id = fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: equality("_id", fc.constantFrom(...ids)) },
  )
  const seeds = fc.record(
    {
      n: equality("n", orNull(smallNumber)),
      x: equality("x", scalar),
      "o.n": equality("o.n", orNull(smallNumber)),
      "o.s": equality("o.s", text),
      h: equality("h", house),
      tags: equality("tags", scalars),
    },
    { requiredKeys: [] },
  )
  const others = fc.constantFrom<PlainFilter>(
    {},
    {},
    { m: { $gt: 1 } },
    { s: { $ne: "a" } },
    { b: { $in: [true, false] } },
    { t: { $exists: true } },
    { $or: [{ m: 1 }, { s: "b" }] },
  )
  return fc.tuple(id, seeds, others).map(([named, some, other]) => ({
    $and: [named, ...Object.values(some), other],
  }))
}
