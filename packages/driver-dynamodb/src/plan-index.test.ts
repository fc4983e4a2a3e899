import type { Document, Value } from "@nosql/contracts"
import {
  and,
  type CompareOperator,
  compare,
  compareDocuments,
  compileFilter,
  type FieldPath,
  type FilterNode,
  fold,
  getPath,
  isIdPath,
  isIn,
  type Query,
  type SortKey,
  samePath,
  startsWith,
} from "@nosql/core/driver"
import fc from "fast-check"
import { expect, test } from "vitest"
import { fakeTable } from "../test/fake-table.ts"
import { indexOf, stateOf, things } from "../test/indexes.ts"
import { readingBy } from "../test/reading-by.ts"
import { indexLayout } from "./index-layout.ts"
import { planQuery } from "./plan-query.ts"
import { runFind } from "./run-find.ts"

const values = fc.constantFrom<Value>(
  null,
  0,
  1,
  2n ** 60n,
  -1.5,
  "",
  "a",
  "ab",
  "b\0",
  "\u{1F600}",
  false,
  true,
  new Date(0),
  new Date(5),
)
const documents = fc
  .array(fc.record({ a: values, b: values, c: values }, { requiredKeys: [] }), { maxLength: 24 })
  .map((list) =>
    list.map(
      (fields, i): Document => ({ _id: `${"zyx"[i % 3]}${i % 5}${"\0".repeat(i % 2)}${i}`, ...fields }),
    ),
  )
const directions = fc.constantFrom("", "-")
const indexes = fc
  .tuple(fc.subarray(["a", "b", "c"], { minLength: 1 }), directions, directions, directions, fc.nat(3))
  .map(([paths, x, y, z, kind]) => {
    const keys = paths.map((path, i) => `${path}${[x, y, z][i]}`).join(" ")
    if (kind === 0) return indexOf("idx", `${keys} _id${x}`)
    if (kind === 1) return indexOf("idx", keys, { hash: [], shards: 3 })
    return kind === 2
      ? indexOf("idx", keys, { hash: paths.slice(-1).map((path) => [path]) })
      : indexOf("idx", keys)
  })

const ids = fc.constantFrom("y", "x1", "z0\u00001", "z00")
const orderable = values.filter((value) => value !== null && typeof value !== "boolean")
const operators = fc.constantFrom<CompareOperator>("gt", "gte", "lt", "lte")
const equalTo = (path: FieldPath) =>
  fc.oneof(
    values.map((value): FilterNode => compare("eq", path, value)),
    fc.uniqueArray(values, { minLength: 1, maxLength: 3 }).map((list): FilterNode => isIn(path, list)),
  )
const rangeOn = (path: FieldPath) =>
  fc.oneof(
    fc
      .tuple(operators, isIdPath(path) ? ids : orderable)
      .map(([operator, value]): FilterNode => compare(operator, path, value)),
    fc.constantFrom("", "a", "b", "b\0", "x1").map((prefix): FilterNode => startsWith(path, prefix)),
  )

/** Conditions and a sort that an index may serve: its first keys fixed, ranges on the next, the rest in order, with fixed keys in between. */
const questions = indexes.chain((index) => {
  const { hash, range } = indexLayout(index)
  return fc
    .tuple(fc.nat(range.length - 1), fc.nat(2), fc.constantFrom<1 | -1>(1, -1), fc.nat(range.length))
    .chain(([prefix, ranges, flip, sorted]) => {
      const fixed = [...hash, ...range.slice(0, prefix).map(({ path }) => path)]
      const open = range.slice(prefix)
      const next = open[0]?.path ?? ["_id"]
      const order = open
        .slice(0, sorted)
        .map(({ path, direction }): SortKey => ({ path, direction: direction === flip ? 1 : -1 }))
      const end: SortKey = { path: ["_id"], direction: range.at(-1)?.direction === flip ? 1 : -1 }
      const keys = order.some(({ path }) => isIdPath(path)) ? order : sorted === 0 ? [end] : [...order, end]
      const extra = fc.array(
        fc.tuple(fc.constantFrom(...fixed, next), fc.constantFrom<1 | -1>(1, -1), fc.nat(3)),
        { maxLength: 2 },
      )
      return fc.record({
        index: fc.constant(index),
        filter: fc
          .tuple(...fixed.map(equalTo), ...Array.from({ length: ranges }, () => rangeOn(next)))
          .map((nodes) => fold(and(nodes))),
        sort: extra.map((more) =>
          more.reduce<SortKey[]>(
            (sort, [path, direction, at]) =>
              sort.some((key) => samePath(key.path, path))
                ? sort
                : sort.toSpliced(Math.min(at, sort.length - 1), 0, { path, direction }),
            keys,
          ),
        ),
      })
    })
})

test("whatever index serves a query, it gives the documents of the filter, in the sort's order, behind the position", async () => {
  let served = 0
  await fc.assert(
    fc.asyncProperty(
      documents,
      questions,
      fc.nat(30),
      fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      async (stored, { index, filter, sort }, at, limit) => {
        const matching = stored.filter(compileFilter(filter)).sort(compareDocuments(sort))
        const last = at < stored.length ? stored[at] : undefined
        const query: Query = {
          filter,
          sort,
          skip: 0,
          ...(last === undefined ? {} : { after: positionOf(last, sort) }),
          ...(limit === undefined ? {} : { limit }),
        }
        const plan = planQuery(things, query, stateOf(index))
        if (plan.access !== "index") return
        // Filters are DynamoDB's and sorts core's: here it is about keys.
        const keysOnly =
          plan.remaining.sort === undefined &&
          !JSON.stringify(plan.native, bigintAsText).includes("FilterExpression")
        if (!keysOnly || plan.remaining.filter !== undefined) return
        served += 1
        const { send } = fakeTable(stored, [index], 2)
        const found: Document[] = []
        for await (const batch of runFind({ read: readingBy(send) }, plan.native, "things", {
          operation: "test",
        }))
          found.push(...batch.documents)
        const expected = matching.filter(
          (document) => last === undefined || compareDocuments(sort)(document, last) > 0,
        )
        expect(found.map(({ _id }) => _id)).toEqual(expected.slice(0, limit).map(({ _id }) => _id))
      },
    ),
    { numRuns: 8000 },
  )
  expect(served).toBeGreaterThan(1500)
}, 120_000)

function positionOf(document: Document, sort: readonly SortKey[]): Value[] {
  return sort.map(({ path }) => getPath(document, path) ?? null)
}

function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value
}
