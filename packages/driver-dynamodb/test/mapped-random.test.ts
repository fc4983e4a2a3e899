import { CreateTableCommand, DeleteTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { type Collection, connect, type Document, type DocumentStore } from "@nosql/core"
import { compareDocuments, type SortKey } from "@nosql/core/driver"
import { dynamodb } from "@nosql/driver-dynamodb"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import type { MappedTable } from "../src/mapped-table.ts"
import { requestLint } from "./linted-client.ts"
import { tableOfOthers } from "./table-of-others.ts"
import { watchedClient } from "./watched-client.ts"

const endpoint = inject("dynamodbEndpoint")
const table: MappedTable = {
  table: `MappedRandom-${process.pid}`,
  partition: { name: "pk", type: "S" },
  sort: { name: "sk", type: "N" },
  indexes: [
    {
      name: "byStatus",
      kind: "global",
      partition: { name: "status", type: "S" },
      sort: { name: "at", type: "N" },
      projects: "all",
    },
    {
      name: "byOwner",
      kind: "global",
      partition: { name: "owner", type: "N" },
      sort: { name: "name", type: "S" },
      projects: "all",
    },
    {
      name: "byTotal",
      kind: "local",
      partition: { name: "pk", type: "S" },
      sort: { name: "total", type: "N" },
      projects: "all",
    },
  ],
}
const keys = { partition: "pk", sort: "sk" }
const indexes = {
  byStatus: { partition: "status", sort: "at" },
  byOwner: { partition: "owner", sort: "name" },
  byTotal: { partition: "pk", sort: "total" },
}
const names = ["", "a", "ab", "abc", "b", "\u{10000}", "\uffee"]
const documents = Array.from({ length: 60 }, (_, i): Document => {
  const name = names[i % names.length]
  return {
    _id: `p${i % 3}|${i}`,
    pk: `p${i % 3}`,
    sk: i,
    ...(i % 7 === 0 ? {} : { status: i % 2 === 0 ? "new" : "old" }),
    ...(i % 5 === 0 ? {} : { at: Math.floor(i / 6) - 4 }),
    ...(i % 4 === 0 ? {} : { owner: i % 3 }),
    ...(name === "" ? {} : { name }),
    ...(i % 6 === 0 ? {} : { total: i % 8 }),
    x: i % 4,
  }
})

/** A condition beside what it means, which is written down here once more. */
interface Condition {
  readonly filter: Document
  readonly holds: (document: Document) => boolean
}

const number = fc.integer({ min: -5, max: 12 })
const text = fc.constantFrom(
  "a",
  "ab",
  "abc",
  "b",
  "\u{10000}",
  "\uffee",
  "new",
  "old",
  "p0",
  "p1",
  "p2",
  "none",
)
const numbers = ["sk", "at", "owner", "total", "x"]
const strings = ["pk", "status", "name"]
const bounds = {
  $gt: (a: number) => a > 0,
  $gte: (a: number) => a >= 0,
  $lt: (a: number) => a < 0,
  $lte: (a: number) => a <= 0,
}
type Bound = keyof typeof bounds

/** By code point, as bytes in UTF-8 go. */
function order(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b
  return Buffer.compare(Buffer.from(a as string), Buffer.from(b as string))
}

const few = { minLength: 1, maxLength: 3 }
const valuesAt = (field: string): fc.Arbitrary<readonly (string | number)[]> =>
  numbers.includes(field) ? fc.array(number, few) : fc.array(text, few)
const anyField = fc.constantFrom(...strings, ...numbers)

function equals(field: string, values: readonly unknown[]): Condition {
  const filter = values.length === 1 ? values[0] : { $in: values }
  return { filter: { [field]: filter } as Document, holds: (document) => values.includes(document[field]) }
}

function lies(field: string, bound: Bound, end: string | number): Condition {
  return {
    filter: { [field]: { [bound]: end } },
    holds: (document) => typeof document[field] === typeof end && bounds[bound](order(document[field], end)),
  }
}

const equalityOn = (field: string) => valuesAt(field).map((values) => equals(field, values))
const rangeOn = (field: string) =>
  fc
    .tuple(valuesAt(field), fc.constantFrom<Bound>("$gt", "$gte", "$lt", "$lte"))
    .map(([[end = 0], bound]) => lies(field, bound, end))
const equality = anyField.chain(equalityOn)
const range = anyField.chain(rangeOn)
const prefix = fc.constantFrom("a", "ab", "\u{10000}").map(
  (start): Condition => ({
    filter: { name: { $startsWith: start } },
    holds: ({ name }) => typeof name === "string" && name.startsWith(start),
  }),
)
const presence = fc.tuple(fc.constantFrom(...numbers, ...strings), fc.boolean()).map(
  ([field, there]): Condition => ({
    filter: { [field]: there ? { $exists: true } : null },
    holds: (document) => (document[field] !== undefined) === there,
  }),
)
const one = fc.oneof({ weight: 4, arbitrary: equality }, { weight: 3, arbitrary: range }, prefix, presence)
/** The key of an index or of the table, and what its sort key is asked. */
const keyed = fc
  .constantFrom<[string, string]>(["status", "at"], ["owner", "name"], ["pk", "total"], ["pk", "sk"])
  .chain(([partition, sort]) =>
    fc.tuple(equalityOn(partition), fc.oneof(rangeOn(sort), equalityOn(sort)), rangeOn(sort)),
  )
const all = fc.oneof(fc.array(one, { minLength: 1, maxLength: 4 }), keyed).map(
  (parts): Condition => ({
    filter: { $and: parts.map(({ filter }) => filter) },
    holds: (document) => parts.every(({ holds }) => holds(document)),
  }),
)
const condition = fc.oneof(
  { weight: 3, arbitrary: all },
  fc.array(all, { minLength: 2, maxLength: 3 }).map(
    (parts): Condition => ({
      filter: { $or: parts.map(({ filter }) => filter) },
      holds: (document) => parts.some(({ holds }) => holds(document)),
    }),
  ),
)
const sorts = fc.uniqueArray(
  fc.record({
    path: fc.constantFrom("sk", "at", "total", "name", "status").map((field) => [field]),
    direction: fc.constantFrom<1 | -1>(1, -1),
  }),
  { maxLength: 2, selector: ({ path }) => path[0] },
)

/** Random questions to another program's table, with random ways to their answers. */
describe.skipIf(endpoint === "")("queries of mapped tables", () => {
  let client: DynamoDBClient
  let store: DocumentStore
  let collection: Collection<Document>

  beforeAll(async () => {
    client = watchedClient(endpoint, (name, input) => lint(name, input))
    await client.send(new CreateTableCommand(tableOfOthers(table)))
    const tables = { things: { table: table.table, keys, indexes } }
    store = await connect(dynamodb({ client, tables }), { scans: "allow" })
    collection = store.collection("things")
    await collection.insertMany(documents)
  })
  afterAll(async () => {
    await client?.send(new DeleteTableCommand({ TableName: table.table }))
    await store?.close()
    client?.destroy()
  })

  const idsOf = (found: readonly Document[]) => found.map(({ _id }) => _id as string)
  const valuesOf = (found: readonly Document[], sort: readonly SortKey[]) =>
    found.map((document) => sort.map(({ path }) => document[path[0] as string] ?? null))
  const sortOf = (sort: readonly SortKey[]) =>
    sort.length === 0
      ? {}
      : { sort: Object.fromEntries(sort.map(({ path, direction }) => [path[0], direction])) }

  const [seed, numRuns] = [Number(process.env["SEED"] ?? 1), Number(process.env["RUNS"] ?? 200)]
  const timeout = 60_000 + 200 * numRuns
  test("find what the filter means, in the sort's order, whole and page by page", { timeout }, async () => {
    const ways = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(
        condition,
        sorts,
        fc.integer({ min: 1, max: 9 }),
        async ({ filter, holds }, sort, limit) => {
          const { access, index } = await collection.explain(filter, sortOf(sort))
          const way = index ?? access
          ways.set(way, (ways.get(way) ?? 0) + 1)
          const wanted = documents.filter(holds)
          const ordered = [...wanted].sort(compareDocuments(sort))
          const found = await collection.find(filter, sortOf(sort)).toArray()
          expect(idsOf(found).sort()).toEqual(idsOf(wanted).sort())
          expect(valuesOf(found, sort)).toEqual(valuesOf(ordered, sort))
          const first = await collection.find(filter, { ...sortOf(sort), limit }).toArray()
          expect(first).toHaveLength(Math.min(limit, wanted.length))
          if (sort.length > 0) expect(valuesOf(first, sort)).toEqual(valuesOf(ordered.slice(0, limit), sort))
          expect(await collection.count(filter)).toBe(wanted.length)

          const seen: Document[] = []
          let after: string | null | undefined
          do {
            const page = await collection.page(filter, {
              size: limit,
              ...sortOf(sort),
              ...(typeof after === "string" ? { after } : {}),
            })
            seen.push(...page.items)
            after = page.next
          } while (typeof after === "string")
          if (sort.length === 0) expect(idsOf(seen).sort()).toEqual(idsOf(wanted).sort())
          else {
            const total = [...sort, { path: ["_id"], direction: sort.at(-1)?.direction ?? 1 } as const]
            expect(idsOf(seen)).toEqual(idsOf([...wanted].sort(compareDocuments(total))))
          }
        },
      ),
      { seed, numRuns },
    )
    // Each way was gone, so that none is right for want of being tried.
    for (const way of ["key", "scan", ...Object.keys(indexes)])
      expect(ways.get(way) ?? 0, way).toBeGreaterThan(2)
  })
})
// Behind the cases, so that its test comes last.
const lint = requestLint(endpoint, [table])
