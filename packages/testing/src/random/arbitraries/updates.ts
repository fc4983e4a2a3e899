import type { Value } from "@nosql/contracts"
import fc, { type Arbitrary } from "fast-check"
import type { PlainUpdate } from "../reference/update-paths.ts"
import type { Supported } from "../supported.ts"
import { elementCondition } from "./conditions.ts"
import { branch, element, house, item, items, leaf, nested, numbers, scalars } from "./shapes.ts"
import { bigNumber, date, flag, orNull, scalar, smallNumber, text, wholeNumber } from "./values.ts"

/** One operator on one path. */
type Change = readonly [operator: string, path: string, operand: unknown]

// Filters go on after an update, so it keeps the roles of paths: where no document had an array, none gets one, and only `lists`
// has arrays in arrays. Through `n.q` and the like a change makes parents, or is refused by what is in the way.
const numberPaths = ["n", "m", "constructor", "o.n", "o.0", "o.p.n", "h.n", "items.0.n", "nums.0", "n.q"]
const textPaths = ["s", "t", "o.s", "h.s", "items.1.s", "s.q"]
const scalarPaths = [
  ...numberPaths,
  ...textPaths,
  "big",
  "b",
  "d",
  "bin",
  "x",
  "x.q.r",
  "tags.0",
  "tags.1",
  "o.p",
  "zz",
]
const arrayPaths = ["nums", "tags", "items", "any", "o.p.tags"]
const allPaths = [...scalarPaths, ...arrayPaths, "o", "h", "lists", "items.0"]

function change(operator: string, paths: readonly string[], operand: Arbitrary<unknown>): Arbitrary<Change> {
  return fc.tuple(fc.constant(operator), fc.constantFrom(...paths), operand)
}

function assignment(operator: string): Arbitrary<Change> {
  return fc.oneof(
    { weight: 3, arbitrary: change(operator, numberPaths, orNull(smallNumber)) },
    { weight: 2, arbitrary: change(operator, textPaths, orNull(text)) },
    { weight: 2, arbitrary: change(operator, scalarPaths, fc.oneof(scalar, item)) },
    { weight: 1, arbitrary: change(operator, ["big"], orNull(bigNumber)) },
    { weight: 1, arbitrary: change(operator, ["o"], branch) },
    { weight: 1, arbitrary: change(operator, ["o.p"], leaf) },
    { weight: 1, arbitrary: change(operator, ["h"], house) },
    { weight: 1, arbitrary: change(operator, arrayPaths, fc.oneof(numbers, scalars, items, scalar)) },
    { weight: 1, arbitrary: change(operator, ["lists"], nested) },
    { weight: 1, arbitrary: change(operator, ["items.0"], element) },
  )
}

/** Most of them within one kind; the reference tells which mixes are outside the promise. */
function extremes(operator: string): Arbitrary<Change> {
  return fc.oneof(
    { weight: 3, arbitrary: change(operator, numberPaths, orNull(smallNumber)) },
    { weight: 2, arbitrary: change(operator, textPaths, orNull(text)) },
    { weight: 1, arbitrary: change(operator, ["big"], orNull(bigNumber)) },
    { weight: 1, arbitrary: change(operator, ["d"], orNull(date)) },
    { weight: 1, arbitrary: change(operator, ["b"], orNull(flag)) },
  )
}

const renaming: Arbitrary<Change> = fc.oneof(
  change(
    "$rename",
    ["n", "s", "x", "o.n", "o.p", "d", "zz", "h"],
    fc.constantFrom("m", "t", "x", "o.s", "h.n", "o.p.n", "s.q", "n"),
  ),
  change("$rename", ["tags", "items", "o.p.tags"], fc.constantFrom("any", "nums", "o.p.tags", "tags")),
)

const place = { $position: fc.integer({ min: -3, max: 4 }), $slice: fc.integer({ min: -3, max: 4 }) }

function each(
  operand: Arbitrary<unknown>,
  modifiers: Readonly<Record<string, Arbitrary<unknown>>> = {},
): Arbitrary<unknown> {
  return fc.record(
    { $each: fc.array(operand, { maxLength: 3 }), ...modifiers },
    { requiredKeys: ["$each"], noNullPrototype: true },
  )
}

const direction = fc.constantFrom(1, -1)
const pushing: Arbitrary<Change> = fc.oneof(
  change("$push", ["nums"], fc.oneof(smallNumber, each(orNull(smallNumber), { ...place, $sort: direction }))),
  change("$push", ["tags", "any", "o.p.tags", "items.0.tags"], fc.oneof(scalar, each(scalar, place))),
  change(
    "$push",
    ["items"],
    fc.oneof(
      element,
      each(item, { ...place, $sort: fc.record({ n: direction }, { noNullPrototype: true }) }),
    ),
  ),
  change("$push", ["lists"], fc.oneof(scalars, each(fc.oneof(scalars, item), place))),
)

const adding: Arbitrary<Change> = fc.oneof(
  change("$addToSet", ["nums"], fc.oneof(smallNumber, each(orNull(smallNumber)))),
  change("$addToSet", ["tags", "o.p.tags", "items.0.tags"], fc.oneof(scalar, each(scalar))),
  change("$addToSet", ["items", "any"], fc.oneof(element, each(element))),
  change("$addToSet", ["lists"], fc.oneof(scalars, each(fc.oneof(scalars, item)))),
)

function pulling(supported: Supported): Arbitrary<Change> {
  const equals = (value: Arbitrary<Value>) =>
    fc.oneof(
      value,
      value.map((operand) => ({ $eq: operand })),
    )
  return fc.oneof(
    change("$pull", arrayPaths, equals(scalar)),
    change("$pull", ["nums"], orNull(smallNumber)),
    change(
      "$pull",
      ["items", "any"],
      fc.oneof(
        item.map((operand) => ({ $eq: operand })),
        elementCondition(supported),
      ),
    ),
    change("$pull", ["tags", "nums"], elementCondition(supported)),
    change("$pull", ["lists"], scalars),
  )
}

function changes(supported: Supported): Arbitrary<Change> {
  const table: Readonly<Record<string, Arbitrary<Change>>> = {
    $set: assignment("$set"),
    $unset: change("$unset", allPaths, fc.constantFrom(true, "", 1)),
    $inc: fc.oneof(
      { weight: 1, arbitrary: change("$inc", ["big"], fc.oneof(wholeNumber, bigNumber)) },
      { weight: 3, arbitrary: change("$inc", numberPaths, smallNumber) },
      { weight: 1, arbitrary: change("$inc", [...scalarPaths, "tags"], wholeNumber) },
    ),
    $mul: fc.oneof(
      { weight: 1, arbitrary: change("$mul", ["big"], wholeNumber) },
      { weight: 3, arbitrary: change("$mul", numberPaths, wholeNumber) },
      { weight: 1, arbitrary: change("$mul", [...scalarPaths, "tags"], wholeNumber) },
    ),
    $min: extremes("$min"),
    $max: extremes("$max"),
    $rename: renaming,
    $currentDate: change(
      "$currentDate",
      ["d", "x", "o.n", "s.q"],
      fc.constantFrom<unknown>(true, { $type: "date" }),
    ),
    $setOnInsert: assignment("$setOnInsert"),
    $push: pushing,
    $addToSet: adding,
    $pull: pulling(supported),
    $pop: change("$pop", [...arrayPaths, "lists"], direction),
  }
  return fc.oneof(...Object.entries(table).flatMap(([operator, made]) => (supported(operator) ? [made] : [])))
}

/** One to three changes; two on one path or on parent and child are an error, which is tried too. */
export function randomUpdate(supported: Supported): Arbitrary<PlainUpdate> {
  return fc.array(changes(supported), { minLength: 1, maxLength: 3 }).map((all) => {
    const update: Record<string, Record<string, unknown>> = {}
    for (const [operator, path, operand] of all) update[operator] = { ...update[operator], [path]: operand }
    return update
  })
}
