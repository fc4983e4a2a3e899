import type { Document, Page } from "@nosql/contracts"
import { connect, defineCollection } from "@nosql/core"
import {
  type CollectionInfo,
  type Driver,
  type DriverStore,
  equalityOn,
  type FilterNode,
  type FindPlan,
  isIdPath,
  type Query,
} from "@nosql/core/driver"
import { memory } from "@nosql/driver-memory"
import { describe, expect, test } from "vitest"

/** The memory driver with some of its members replaced. */
function changed(change: (store: DriverStore) => Partial<DriverStore>): Driver {
  const driver = memory()
  return {
    ...driver,
    connect: async () => {
      const store = await driver.connect()
      const own = change(store)
      return new Proxy(store, {
        get(target, name) {
          if (name in own) return own[name as keyof DriverStore]
          const member: unknown = Reflect.get(target, name)
          return typeof member === "function" ? member.bind(target) : member
        },
      })
    },
  }
}

/** Where a store of hashed keys keeps a document: in no order that a sort has. */
const position = (id: unknown) => [...String(id)].reverse().join("")

interface Positioned {
  readonly inner: FindPlan
  readonly own: boolean
  readonly after?: unknown
}

/** Pages by its own position, and goes on behind an `_id` natively. */
const byPosition = changed((store) => ({
  pageOrder: () => [],
  planFind: (collection, query) => {
    const own = query.sort.length === 0
    const { after, limit, ...whole } = query
    const inner = store.planFind(collection, own ? whole : query)
    const remaining = own && limit !== undefined ? { limit } : {}
    return { ...inner, native: { inner, own, after: after?.[0] } satisfies Positioned, remaining }
  },
  runFind: async function* (collection, plan, call) {
    const { inner, own, after } = plan.native as Positioned
    const all: Document[] = []
    for await (const { documents } of store.runFind(collection, inner, call)) all.push(...documents)
    if (own) all.sort((a, b) => (position(a["_id"]) < position(b["_id"]) ? -1 : 1))
    const skips = own && after !== undefined
    yield { documents: skips ? all.filter(({ _id }) => position(_id) > position(after)) : all }
  },
}))

const documents = Array.from({ length: 23 }, (_, i) => ({
  _id: `d${i}`,
  group: i % 2 === 0 ? "x" : "y",
  n: i % 5,
}))

async function walk(page: (after?: string) => Promise<Page<Document>>): Promise<string[]> {
  const ids: string[] = []
  let after: string | undefined
  do {
    const { items, next } = await page(after)
    ids.push(...items.map(({ _id }) => _id as string))
    after = next
  } while (after !== undefined && ids.length < 100)
  return ids
}

const next = (after: string | undefined) => (after === undefined ? {} : { after })

describe("the order of pages without a sort", () => {
  test("is by _id where the driver says nothing", async () => {
    const store = await connect(memory())
    const things = store.collection<Document>("things")
    await things.insertMany([...documents].reverse())
    const ids = documents.map(({ _id }) => _id).sort()
    expect(await walk((after) => things.page({}, { size: 4, ...next(after) }) as never)).toEqual(ids)
  })

  test("is the store's own position: the cursor carries the _id alone, and goes with no other order", async () => {
    const things = (await connect(byPosition, { scans: "allow" })).collection<Document>("things")
    await things.insertMany(documents)
    const ids = documents.map(({ _id }) => _id)
    const ordered = ids.toSorted((a, b) => (position(a) < position(b) ? -1 : 1))
    for (const size of [1, 4, 23])
      expect(await walk((after) => things.page({}, { size, ...next(after) }) as never)).toEqual(ordered)
    const some = await walk((after) => things.page({ group: "x" }, { size: 5, ...next(after) }) as never)
    expect(some).toEqual(ordered.filter((id) => Number(id.slice(1)) % 2 === 0))
    const { next: cursor = "" } = await things.page({}, { size: 2 })
    expect(JSON.parse(atob(cursor.replaceAll("-", "+").replaceAll("_", "/"))).slice(2)).toEqual([ordered[1]])
    await expect(things.page({}, { size: 2, sort: { _id: 1 }, after: cursor })).rejects.toMatchObject({
      code: "invalid-argument",
      path: "after",
    })
    // With a sort the pages go by it.
    const sorted = await walk(
      (after) => things.page({}, { size: 4, sort: { _id: -1 }, ...next(after) }) as never,
    )
    expect(sorted).toEqual(ids.toSorted().reverse())
  })

  test("is an index's where the driver names it, ended by _id; the position is in its keys", async () => {
    const asked: Query[] = []
    const opened: string[] = []
    const driver = changed((store) => ({
      openCollection: async ({ name }) => {
        opened.push(name)
      },
      pageOrder: ({ indexes, name }, filter) => {
        expect(opened).toContain(name)
        return alongIndex(indexes, filter)
      },
      planFind: (collection, query) => {
        expect(opened).toContain(collection.name)
        asked.push(query)
        return store.planFind(collection, query)
      },
    }))
    const Things = defineCollection<Document>("things", { indexes: [{ keys: { group: 1, n: -1 } }] })
    const things = (await connect(driver, { scans: "allow" })).collection(Things)
    await things.insertMany(documents)
    const found = await walk((after) => things.page({ group: "x" }, { size: 3, ...next(after) }) as never)
    const whole = await things.find({ group: "x" }, { sort: { group: 1, n: -1, _id: -1 } }).toArray()
    expect(found).toEqual(whole.map(({ _id }) => _id))
    expect(asked[1]).toMatchObject({
      sort: [{ path: ["group"] }, { path: ["n"], direction: -1 }, { path: ["_id"], direction: -1 }],
      after: ["x", 3, found[2]],
    })
    // Another filter has another order: its cursor is none here.
    const { next: cursor = "" } = await things.page({}, { size: 3 })
    await expect(things.page({ group: "x" }, { size: 3, after: cursor })).rejects.toMatchObject({
      path: "after",
    })
  })

  test("a driver that forgets the position is found out: no page begins at the start again", async () => {
    const forgetful = changed((store) => ({
      planFind: (collection, { after: _, ...query }) => {
        const plan = store.planFind(collection, { ...query, sort: [] })
        const { sort, limit } = query
        return { ...plan, remaining: { sort, ...(limit === undefined ? {} : { limit }) } }
      },
    }))
    const things = (await connect(forgetful)).collection<Document>("things")
    await things.insertMany(documents)
    const page = await things.page({}, { size: 3 })
    await expect(things.page({}, { size: 3, ...next(page.next) })).rejects.toThrow(
      /leaves the sort but not after/,
    )
  })
})

function alongIndex(indexes: CollectionInfo["indexes"], filter: FilterNode) {
  const index = indexes.find(
    ({ keys }) => keys[0] !== undefined && equalityOn(filter, keys[0].path) !== undefined,
  )
  return index === undefined
    ? [{ path: ["_id"], direction: 1 as const }]
    : index.keys.filter(({ path }) => !isIdPath(path))
}
