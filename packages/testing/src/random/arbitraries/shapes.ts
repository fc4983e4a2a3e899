import type { Value } from "@nosql/contracts"
import fc, { type Arbitrary } from "fast-check"
import { bigNumber, bytes, date, flag, orNull, scalar, smallNumber, text } from "./values.ts"

type Fields = Record<string, Value>

/** An object with some of the fields, in any order: equality must not see the order. */
function object(fields: Readonly<Record<string, Arbitrary<Value>>>): Arbitrary<Fields> {
  return fc
    .tuple(fc.record({ ...fields }, { requiredKeys: [], noNullPrototype: true }), fc.boolean())
    .map(
      ([made, reversed]) => (reversed ? Object.fromEntries(Object.entries(made).reverse()) : made) as Fields,
    )
}

const short = { maxLength: 3 }

export const numbers: Arbitrary<Value> = fc.array(orNull(smallNumber), short)
export const scalars: Arbitrary<Value> = fc.array(scalar, short)

/** The inner objects of arrays: as few fields as possible, so that whole objects are equal now and then. */
export const item: Arbitrary<Fields> = object({
  n: orNull(fc.constantFrom<Value>(1, 2, 0.5)),
  s: fc.constantFrom<Value>("a", "b"),
  tags: fc.array(fc.constantFrom<Value>(1, "a"), { maxLength: 2 }),
})

export const element: Arbitrary<Value> = fc.oneof(
  { weight: 3, arbitrary: item },
  { weight: 1, arbitrary: scalar },
)
export const items: Arbitrary<Value> = fc.array(element, short)

/** Arrays in arrays: never under `$elemMatch`, nor under `$pull` with a condition. */
export const nested: Arbitrary<Value> = fc.array(fc.oneof(scalar, scalars, item), short)

/** Never an array, at any path below but `o.p.tags`. */
export const leaf: Arbitrary<Fields> = object({ n: orNull(smallNumber), tags: scalars })
export const branchObject: Arbitrary<Fields> = object({
  n: orNull(smallNumber),
  s: orNull(text),
  0: orNull(smallNumber), // a key of digits, which JavaScript puts in front
  p: fc.oneof({ weight: 4, arbitrary: leaf }, { weight: 1, arbitrary: scalar }),
})
export const branch: Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: branchObject },
  { weight: 1, arbitrary: scalar },
)

/** As a declaration with dotted paths demands: an object, its fields of one kind. */
export const house: Arbitrary<Fields> = object({ n: orNull(smallNumber), s: text })

const anything: Arbitrary<Value> = fc.oneof(scalar, items, item)

/** What each field of a random document may hold. A field may be missing everywhere. */
const documentFields = {
  n: orNull(smallNumber),
  m: orNull(smallNumber),
  big: orNull(bigNumber),
  s: orNull(text),
  t: orNull(text),
  b: orNull(flag),
  d: orNull(date),
  bin: bytes,
  x: scalar,
  constructor: orNull(smallNumber), // plain data, whatever its name
  "ключ \u{1F600}": orNull(text),
  nums: numbers,
  tags: orNull(scalars),
  items,
  lists: nested,
  any: anything,
  o: branch,
  h: house,
} as const satisfies Record<string, Arbitrary<Value>>

/** A document without its `_id`. */
export const fields: Arbitrary<Fields> = object(documentFields)
