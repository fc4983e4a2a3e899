import type { CollectionOptions, Document, Value } from "@nosql/contracts"
import { defineCollection } from "@nosql/core"
import {
  and,
  collectionInfo,
  compare,
  compareSameKind,
  compileFilter,
  contains,
  equalValues,
  exists,
  type FieldPath,
  type FilterNode,
  fold,
  getPath,
  hasSize,
  hasType,
  isIdPath,
  isIn,
  not,
  or,
  queryOf,
  startsWith,
} from "@nosql/core/driver"
import fc, { type Arbitrary } from "fast-check"
import { expect, test } from "vitest"
import { orderOf } from "./composite-index.ts"
import { nativeProblem } from "./native-limits.ts"
import type { FirestoreCount, NativeFilter, NativeQuery, Where } from "./native-query.ts"
import { planCount } from "./plan-count.ts"
import { missingIndexes, planQuery } from "./plan-query.ts"
import { queriesOf } from "./run-find.ts"

const numbers = [0, 1, 2, 2.5]
const texts = ["", "a", "ab", "b"]
const dates = [new Date(0), new Date(5)]
const scalars: readonly Value[] = [null, ...numbers, ...texts, true, false, ...dates]
const value = fc.constantFrom<Value>(...scalars)
const list = fc.array(value, { maxLength: 3 })

/** `n s b d` are declared, all but `m` to be always there; `u t` are not. */
const fields = { n: "number", s: "string|null", b: "boolean", d: "date", m: "number?" } as const
const documents: Arbitrary<Document> = fc
  .tuple(
    fc.record({
      n: fc.constantFrom(...numbers),
      s: fc.constantFrom(null, ...texts),
      b: fc.boolean(),
      d: fc.constantFrom(...dates),
    }),
    fc.record({ m: fc.constantFrom(...numbers), u: value, t: list }, { requiredKeys: [] }),
  )
  .map(([there, maybe]) => ({ ...there, ...maybe }))
const path = fc.constantFrom("n", "s", "b", "d", "m", "u", "t").map((field): FieldPath => [field])

const leaf: Arbitrary<FilterNode> = path.chain((at) =>
  fc.oneof(
    value.map((operand) => compare("eq", at, operand)),
    fc.array(value, { minLength: 1, maxLength: 5 }).map((operands) => isIn(at, operands)),
    fc.array(fc.nat(60), { minLength: 31, maxLength: 45 }).map((operands) => isIn(at, operands)),
    fc
      .tuple(fc.constantFrom("gt", "gte", "lt", "lte"), fc.constantFrom(...numbers, ...texts, ...dates))
      .map(([operator, operand]) => compare(operator, at, operand)),
    fc.constant(exists(at)),
    fc.constantFrom("string", "number", "null", "boolean", "date", "array").map((type) => hasType(at, type)),
    fc.constantFrom(...texts).map((prefix) => startsWith(at, prefix)),
    list.map((operands) => contains(at, operands)),
    fc.nat(2).map((size) => hasSize(at, size)),
  ),
)
const { filter } = fc.letrec<{ filter: FilterNode }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    leaf,
    leaf.map(not),
    fc.array(tie("filter"), { minLength: 1, maxLength: 4 }).map(and),
    fc.array(tie("filter"), { minLength: 1, maxLength: 4 }).map(or),
    tie("filter").map(not),
  ),
}))

const key = fc.tuple(
  fc.constantFrom("n", "s", "b", "d", "m", "u", "_id"),
  fc.constantFrom(1 as const, -1 as const),
)
const keys = fc.uniqueArray(key, { minLength: 1, maxLength: 3, selector: ([field]) => field })
const sort = fc
  .uniqueArray(key, { maxLength: 3, selector: ([field]) => field })
  .map((chosen) => chosen.map(([field, direction]) => ({ path: [field], direction })))
/** An index ends in `_id`, written or not: a declaration takes it under one name only. */
const ended = (chosen: readonly (readonly [string, 1 | -1])[]) =>
  chosen.some(([field]) => field === "_id") ? chosen : [...chosen, ["_id", chosen.at(-1)?.[1]]]
const declarations = fc
  .uniqueArray(keys, { maxLength: 4, selector: (chosen) => JSON.stringify(ended(chosen)) })
  .map((indexes) => {
    const options = { fields, indexes: indexes.map((chosen) => ({ keys: Object.fromEntries(chosen) })) }
    return collectionInfo(defineCollection<Document>("c", options as CollectionOptions<Document>))
  })

/** What Firestore finds: https://firebase.google.com/docs/firestore/query-data/queries, and nothing that lacks a key of the order. */
function finds({ where, orderBy }: NativeQuery): (document: Document) => boolean {
  const order = orderOf({ where, orderBy }).filter((one) => !isIdPath(one.path))
  return (document) =>
    order.every((one) => getPath(document, one.path) !== undefined) &&
    where.every((one) => holds(one, document))
}

function holds(native: NativeFilter, document: Document): boolean {
  if (native.kind === "and") return native.filters.every((one) => holds(one, document))
  if (native.kind === "or") return native.filters.some((one) => holds(one, document))
  const found = getPath(document, native.path)
  return found !== undefined && meets(native, found)
}

function meets({ operator, value: operand }: Where, found: Value): boolean {
  const operands = operand as readonly Value[]
  switch (operator) {
    case "==":
      return equalValues(found, operand)
    case "!=":
      return found !== null && !equalValues(found, operand)
    case "in":
      return operands.some((one) => one !== null && equalValues(found, one))
    case "not-in":
      return found !== null && !operands.some((one) => equalValues(found, one))
    case "array-contains":
      return Array.isArray(found) && found.some((item) => equalValues(item, operand))
    case "array-contains-any":
      return Array.isArray(found) && found.some((item) => operands.some((one) => equalValues(item, one)))
    default:
      return inRange(operator, found, operand)
  }
}

function inRange(operator: "<" | "<=" | ">" | ">=", found: Value, operand: Value): boolean {
  // Of arrays the least is asked for only.
  if (Array.isArray(operand)) return Array.isArray(found) && (operator === ">=" || found.length > 0)
  const order = compareSameKind(found, operand)
  if (order === undefined) return false
  return { "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0 }[operator]
}

test("random plans find what the filter means, within the limits and the declared indexes", () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      declarations,
      filter,
      sort,
      fc.array(documents, { maxLength: 8 }),
      (named, known, asked, order, all) => {
        const collection = named ? { ...known, declared: false, indexes: [] } : known
        const folded = fold(asked)
        const plan = planQuery(collection, queryOf(folded, { sort: order }))
        const sent = queriesOf(plan.native)
        if (!named) expect(missingIndexes(collection, sent)).toBe("")
        for (const { where } of sent) expect(nativeProblem(where, collection)).toBeUndefined()
        const left = compileFilter(plan.remaining.filter ?? { kind: "true" })
        const found = all.filter((document) => sent.some((one) => finds(one)(document)) && left(document))
        expect(found).toEqual(all.filter(compileFilter(folded)))
      },
    ),
    { seed: 1, numRuns: 4000 },
  )
})

test("random counts are exact, of collections that are only named, too", () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      declarations,
      filter,
      fc.array(documents, { maxLength: 8 }),
      (named, known, asked, all) => {
        const collection = named ? { ...known, declared: false, indexes: [] } : known
        const folded = fold(asked)
        const plan = planCount(collection, queryOf(folded))
        if (plan === undefined) return
        const { plus, minus } = plan.native as FirestoreCount
        const sum = (queries: readonly NativeQuery[]) =>
          queries.reduce((total, one) => total + all.filter(finds(one)).length, 0)
        expect(sum(plus) - sum(minus)).toBe(all.filter(compileFilter(folded)).length)
      },
    ),
    { seed: 1, numRuns: 4000 },
  )
})
