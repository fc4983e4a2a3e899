import type { Value } from "@nosql/contracts"
import fc, { type Arbitrary } from "fast-check"
import type { Supported } from "../supported.ts"
import { flags, pattern } from "./patterns.ts"
import { branchObject, element, item, items, nested, numbers, scalars } from "./shapes.ts"
import { orderable, scalar, text } from "./values.ts"

/** What stands at a path of a filter: a value, or an object of operators. */
type Condition = unknown
/** Some operators and their operands; `$regex` comes with its `$options`. */
type Entries = readonly (readonly [operator: string, operand: unknown])[]

const kinds = ["string", "number", "boolean", "null", "date", "binary", "array", "object"]
const typeOperand: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...kinds),
  fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1, maxLength: 3 }),
)
/** "Integer operands, divisor not 0." */
const modOperand = fc.tuple(
  fc.constantFrom<unknown>(1, 2, 3, -2, 5, 4n),
  fc.constantFrom<unknown>(0, 1, -1, 2, 0n),
)

function one(operator: string, operand: Arbitrary<unknown>): Arbitrary<Entries> {
  return operand.map((value) => [[operator, value]])
}

function list(operand: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc.array(operand, { maxLength: 3 })
}

/** Those of the arbitraries whose operators the driver has. */
function supportedOnly(
  supported: Supported,
  table: Readonly<Record<string, Arbitrary<Entries>>>,
): Arbitrary<Entries> {
  return fc.oneof(...Object.entries(table).flatMap(([operator, made]) => (supported(operator) ? [made] : [])))
}

/** Mostly one operator, sometimes two that hold together. */
function operators(entries: Arbitrary<Entries>): Arbitrary<Record<string, unknown>> {
  const several = fc.array(entries, { minLength: 2, maxLength: 2 })
  return fc
    .oneof({ weight: 3, arbitrary: entries.map((only) => [only]) }, { weight: 1, arbitrary: several })
    .map((all) => Object.fromEntries(all.flat()))
}

function withNegation(supported: Supported, entries: Arbitrary<Entries>): Arbitrary<Record<string, unknown>> {
  const plain = operators(entries)
  if (!supported("$not")) return plain
  const negated = one("$not", plain)
  return fc.oneof(
    { weight: 3, arbitrary: plain },
    { weight: 1, arbitrary: operators(fc.oneof(entries, negated)) },
  )
}

/** Equality and membership: what every kind of path has. */
function equalities(operand: Arbitrary<unknown>): Record<string, Arbitrary<Entries>> {
  return {
    $eq: one("$eq", operand),
    $ne: one("$ne", operand),
    $in: one("$in", list(operand)),
    $nin: one("$nin", list(operand)),
  }
}

/** "Ranges take number/bigint, string or Date operands; anything else is `invalid-argument`." */
function ranges(operand: Arbitrary<unknown>): Record<string, Arbitrary<Entries>> {
  return Object.fromEntries(
    ["$gt", "$gte", "$lt", "$lte"].map((operator) => [operator, one(operator, operand)]),
  )
}

const anyKind: Readonly<Record<string, Arbitrary<Entries>>> = {
  $exists: one("$exists", fc.boolean()),
  $type: one("$type", typeOperand),
}

function scalarOperators(own: Arbitrary<Value>, supported: Supported): Arbitrary<Record<string, unknown>> {
  const operand = fc.oneof({ weight: 5, arbitrary: own }, { weight: 1, arbitrary: scalar })
  const range = fc.oneof(
    { weight: 5, arbitrary: own.filter(isOrderable) },
    { weight: 1, arbitrary: orderable },
  )
  const regex = fc.tuple(pattern, flags).map(([source, options]): Entries => {
    return options === ""
      ? [["$regex", source]]
      : [
          ["$regex", source],
          ["$options", options],
        ]
  })
  return withNegation(
    supported,
    supportedOnly(supported, {
      ...equalities(operand),
      ...ranges(range),
      ...anyKind,
      $mod: one("$mod", modOperand),
      $regex: regex,
      $startsWith: one("$startsWith", text),
    }),
  )
}

function isOrderable(value: Value): boolean {
  return (
    typeof value === "number" ||
    typeof value === "bigint" ||
    typeof value === "string" ||
    value instanceof Date
  )
}

/** For a path where no document has an array: "a scalar operator on a stored array [is] outside the promise". */
export function scalarCondition(own: Arbitrary<Value>, supported: Supported): Arbitrary<Condition> {
  const orderableOwn = fc.oneof({ weight: 4, arbitrary: own }, { weight: 1, arbitrary: orderable })
  return fc.oneof(
    { weight: 1, arbitrary: own },
    { weight: 3, arbitrary: scalarOperators(orderableOwn, supported) },
  )
}

/** For a path that holds objects and scalars: whole objects, and all that scalars have. */
export function branchCondition(supported: Supported): Arbitrary<Condition> {
  const operand = fc.oneof(branchObject, item, scalar)
  return fc.oneof(
    operand,
    withNegation(
      supported,
      supportedOnly(supported, { ...equalities(operand), ...ranges(orderable), ...anyKind }),
    ),
  )
}

/** "`_id` filters: `$eq $ne $in $nin`, and ranges where all ids are of one kind." */
export function idCondition(
  ids: readonly string[],
  supported: Supported,
  withRanges: boolean,
): Arbitrary<Condition> {
  const id = fc.constantFrom(...ids)
  const table = { ...equalities(id), ...(withRanges ? ranges(id) : {}) }
  return fc.oneof(id, withNegation(supported, supportedOnly(supported, table)))
}

/** For a path with arrays, or with anything at all: only what holds for every kind. Operands of equality are arrays. */
export function arrayCondition(
  role: "numbers" | "scalars" | "items" | "nested",
  supported: Supported,
): Arbitrary<Condition> {
  const whole = { numbers, scalars, items, nested }[role]
  const member = role === "nested" ? fc.oneof(scalar, scalars, item) : role === "items" ? element : scalar
  const table: Record<string, Arbitrary<Entries>> = {
    ...equalities(whole),
    ...anyKind,
    ...listOperators(member),
    // "Over arrays in arrays it is outside the promise."
    ...(role === "nested" ? {} : { $elemMatch: one("$elemMatch", elementCondition(supported)) }),
  }
  return fc.oneof(
    { weight: 1, arbitrary: whole },
    { weight: 4, arbitrary: withNegation(supported, supportedOnly(supported, table)) },
  )
}

/** The operators that arrays have, `$elemMatch` aside. */
function listOperators(member: Arbitrary<unknown>): Record<string, Arbitrary<Entries>> {
  return {
    $contains: one("$contains", member),
    $containsAny: one("$containsAny", list(member)),
    $all: one("$all", list(member)),
    $size: one("$size", fc.nat({ max: 3 })),
  }
}

/** "With fields, groups of filters or `{}` sees object elements only, with operators every element." */
export function elementCondition(supported: Supported): Arbitrary<Record<string, unknown>> {
  const byFields = fc.record(
    {
      n: scalarCondition(fc.constantFrom<Value>(1, 2, 0.5, null), supported),
      s: scalarCondition(fc.constantFrom<Value>("a", "b"), supported),
      "tags.0": scalarCondition(fc.constantFrom<Value>(1, "a"), supported),
      tags: supportedOnly(supported, listOperators(fc.constantFrom<Value>(1, "a", 2))).map((entries) =>
        Object.fromEntries(entries),
      ),
    },
    { requiredKeys: [], noNullPrototype: true },
  ) as Arbitrary<Record<string, unknown>>
  const group = fc
    .tuple(
      fc.constantFrom(...["$and", "$or", "$nor"].filter(supported)),
      fc.array(byFields, { minLength: 1, maxLength: 2 }),
    )
    .map(([name, filters]) => ({ [name]: filters }))
  return fc.oneof(
    { weight: 3, arbitrary: byFields },
    { weight: 1, arbitrary: group },
    { weight: 4, arbitrary: valueOperators(supported) },
  )
}

/** The element itself is always there, so `$exists` says nothing of it and is not generated. */
function valueOperators(supported: Supported): Arbitrary<Record<string, unknown>> {
  const operand = fc.oneof({ weight: 3, arbitrary: scalar }, { weight: 1, arbitrary: item })
  const table = {
    ...equalities(operand),
    ...ranges(orderable),
    $type: one("$type", typeOperand),
    $mod: one("$mod", modOperand),
    $startsWith: one("$startsWith", text),
  }
  return withNegation(supported, supportedOnly(supported, table))
}
