import type { Collection, Document, PageOptions } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

const documents: readonly Document[] = Array.from({ length: 23 }, (_, i) => ({
  _id: `d${String(i).padStart(2, "0")}`,
  group: ["x", "y", "z"][i % 3] as string,
  at: new Date(1000 * (i % 5)),
  flag: i % 5 === 0 ? null : i % 2 === 0,
  ...(i % 4 === 0 ? {} : { score: i % 7 === 0 ? null : i % 6 }),
}))

/** Every kind that may stand in a sort key, with ties of each kind, null and missing. */
const kinds: readonly unknown[] = [1, "a", true, null, new Date(5), 2.5, "b", false, undefined, new Date(0)]
const mixed: readonly Document[] = Array.from({ length: 40 }, (_, i): Document => {
  const [x, y] = [kinds[i % 10], kinds[Math.floor(i / 4) % 10]]
  const fields = { ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }) }
  return { _id: `m${String((i * 7) % 40).padStart(2, "0")}`, ...fields } as Document
})

/** Ids that MongoDB stores as strings and ids that it stores as ObjectIds. */
const mixedIds: readonly Document[] = Array.from({ length: 18 }, (_, i) => ({
  _id: i % 2 === 0 ? `id${i}` : String(i).padStart(2, "0").repeat(12),
  group: i % 3,
}))

/** Pages are what the store's own sorted find is, whatever order that may be, and hold every document once. */
async function expectPages(
  target: Collection<Document>,
  documents: readonly Document[],
  sort: Readonly<Record<string, 1 | -1>>,
): Promise<void> {
  const total = Object.hasOwn(sort, "_id") ? sort : { ...sort, _id: Object.values(sort).at(-1) as 1 | -1 }
  const whole = (await target.find({}, { sort: total }).toArray()).map(({ _id }) => _id)
  expect([...whole].sort()).toEqual(documents.map(({ _id }) => _id).sort())
  for (const size of [1, 3, 7]) expect(await walk(target, { size, sort })).toEqual(whole)
}

async function walk(target: Collection<Document>, options: PageOptions<Document>): Promise<string[]> {
  const ids: string[] = []
  let after: string | undefined
  do {
    const page = await target.page({}, after === undefined ? options : { ...options, after })
    expect(page.items.length).toBeLessThanOrEqual(options.size ?? 20)
    ids.push(...page.items.map(({ _id }) => _id))
    after = page.next
  } while (after !== undefined && ids.length < 100)
  return ids
}

export const pageCases: readonly ConformanceCase[] = [
  ...(["score", "group", "at", "flag", "_id"] as const).flatMap((key) =>
    ([1, -1] as const).map((direction) => ({
      name: `pages by ${key} ${direction}, null and missing included, are the whole sorted find`,
      run: async ({ filled }: Parameters<ConformanceCase["run"]>[0]) => {
        const target = await filled(documents)
        const sort = key === "_id" ? { _id: direction } : { [key]: direction, _id: direction }
        const whole = (await target.find({}, { sort }).toArray()).map(({ _id }) => _id)
        for (const size of [1, 4, 23, 50])
          expect(await walk(target, { size, sort: { [key]: direction } })).toEqual(whole)
      },
    })),
  ),
  {
    name: "pages by two keys in opposite directions, along an index too",
    run: async ({ filled }) => {
      for (const target of [
        await filled(documents),
        await filled(documents, { indexes: [{ keys: { group: 1, score: -1 } }] }),
      ]) {
        const whole = (await target.find({}, { sort: { group: 1, score: -1, _id: -1 } }).toArray()).map(
          ({ _id }) => _id,
        )
        expect(await walk(target, { size: 4, sort: { group: 1, score: -1 } })).toEqual(whole)
      }
    },
  },
  ...([1, -1] as const).map((direction) => ({
    name: `pages lose no kind of value in a sort key, ${direction === 1 ? "ascending" : "descending"}, of one key, of two, and of two in opposite directions`,
    run: async ({ filled }: Parameters<ConformanceCase["run"]>[0]) => {
      const target = await filled(mixed)
      await expectPages(target, mixed, { x: direction })
      await expectPages(target, mixed, { x: direction, y: direction })
      await expectPages(target, mixed, { x: direction, y: direction === 1 ? -1 : 1 })
      const indexed = await filled(mixed, { indexes: [{ keys: { x: direction, y: -1 } }] })
      await expectPages(indexed, mixed, { x: direction, y: -1 })
    },
  })),
  ...([1, -1] as const).map((direction) => ({
    name: `pages by _id ${direction} lose no kind of id: 24 hex digits and plain ones in one collection`,
    run: async ({ filled }: Parameters<ConformanceCase["run"]>[0]) => {
      const target = await filled(mixedIds)
      await expectPages(target, mixedIds, { _id: direction })
      await expectPages(target, mixedIds, { group: direction })
    },
  })),
  {
    name: "without a sort pages hold every document once, whatever the ids",
    run: async ({ filled }) => {
      const target = await filled(mixedIds)
      const ids = mixedIds.map(({ _id }) => _id).sort()
      for (const size of [1, 5, 18]) expect((await walk(target, { size })).sort()).toEqual(ids)
      const found: unknown[] = []
      let after: string | undefined
      do {
        const page = await target.page({ group: 1 }, { size: 2, ...(after === undefined ? {} : { after }) })
        found.push(...page.items.map(({ _id }) => _id))
        after = page.next
      } while (after !== undefined && found.length < 50)
      expect(found.sort()).toEqual(mixedIds.flatMap(({ _id, group }) => (group === 1 ? [_id] : [])).sort())
    },
  },
  {
    name: "null and missing tie: _id alone decides between them, in both directions",
    run: async ({ filled }) => {
      const documents: readonly Document[] = Array.from({ length: 9 }, (_, i) => ({
        _id: `n${i}`,
        ...(i % 3 === 0 ? {} : i % 3 === 1 ? { v: null } : { v: i < 5 ? 1 : "text" }),
      }))
      const target = await filled(documents)
      const none = documents.flatMap(({ _id, v }) => ((v ?? null) === null ? [_id as string] : []))
      const ascending = await walk(target, { size: 2, sort: { v: 1 } })
      expect(ascending.slice(0, none.length)).toEqual(none)
      expect(await walk(target, { size: 2, sort: { v: -1 } })).toEqual([...ascending].reverse())
    },
  },
  {
    name: "a page goes on where its last document was, though that one is gone or has moved; what moves behind is met again",
    run: async ({ filled }) => {
      const target = await filled(documents)
      const options = { size: 6, sort: { score: -1, at: 1 } } as const
      const whole = await walk(target, options)
      const first = await target.page({}, options)
      const [moved = "", last = ""] = first.items.slice(-2).map(({ _id }) => _id)
      await target.deleteOne({ _id: last })
      await target.updateOne({ _id: moved }, { $set: { score: -100 } })
      await target.insertMany([
        { _id: "before", score: 100, at: new Date(0) },
        { _id: "behind", score: -50, at: new Date(0) },
      ])
      const rest = await target.page({}, { ...options, size: 50, after: first.next as string })
      const seen = rest.items.map(({ _id }) => _id)
      const scored = whole
        .slice(6)
        .filter((id) => typeof documents.find(({ _id }) => _id === id)?.["score"] === "number")
      expect(seen.slice(0, scored.length)).toEqual(scored)
      expect(seen.slice(scored.length, scored.length + 2)).toEqual(["behind", moved])
      expect(new Set(seen)).toEqual(new Set([...whole.slice(6), "behind", moved]))
      expect(seen.length).toBe(whole.length - 6 + 2)
    },
  },
  {
    name: "a key of digits keeps its place in a sort by the builder; an object, which would put it first, is refused",
    run: async ({ filled }) => {
      const documents = Array.from({ length: 9 }, (_, i) => ({ _id: `d${i}`, s: i % 2, "7": i % 3 }))
      const target = await filled(documents)
      const query = target.query().sortBy("s").sortBy("7", "desc").sortBy("_id")
      const expected = documents
        .toSorted((a, b) => a.s - b.s || b["7"] - a["7"] || (a._id < b._id ? -1 : 1))
        .map(({ _id }) => _id)
      expect((await query.toArray()).map(({ _id }) => _id)).toEqual(expected)
      const first = await query.page({ size: 4 })
      const second = await query.after(first.next as string).page({ size: 5 })
      expect([...first.items, ...second.items].map(({ _id }) => _id)).toEqual(expected)
      expect((await target.find({}, { sort: { "7": -1 } }).toArray())[0]?.["7"]).toBe(2)
      for (const refused of [
        () => target.find({}, { sort: { s: 1, "7": -1 } }).toArray(),
        () => target.page({}, { sort: { "7": -1, s: 1 } }),
        () => target.findOneAndUpdate({}, { $set: { n: 1 } }, { sort: { s: 1, "7": -1 } }),
      ])
        expect((await expectError("invalid-argument", refused)).path).toBe("7")
      await expectError("invalid-argument", () => query.build())
    },
  },
  {
    name: "the builder goes on by after()",
    run: async ({ filled }) => {
      const query = (await filled(documents)).query().sortBy("score", "desc").sortBy("group")
      const first = await query.page({ size: 9 })
      const second = await query.after(first.next as string).page({ size: 50 })
      const whole = (await query.sortBy("_id").toArray()).map(({ _id }) => _id)
      expect([...first.items, ...second.items].map(({ _id }) => _id)).toEqual(whole)
      // A cursor is a page's: a find would not know where it ends.
      await expectError("invalid-argument", () => query.after(first.next as string).toArray())
    },
  },
  {
    name: "a page that goes on refuses every array, object and binary at a sort key, wherever in the page it lies; a last page does not",
    run: async ({ filled }) => {
      for (const value of [[1], { a: 1 }, Uint8Array.from([1])]) {
        const target = await filled([
          { _id: "a", v: 1 },
          { _id: "b", v: value },
          { _id: "c", v: "x" },
          { _id: "d", v: true },
        ])
        for (const v of [1, -1] as const) {
          const { path } = await expectError("invalid-argument", () => walk(target, { size: 3, sort: { v } }))
          expect(path).toBe("v")
          expect((await target.page({}, { size: 4, sort: { v } })).items).toHaveLength(4)
          const scalars = { v: { $not: { $type: ["array", "object", "binary"] } } }
          expect((await target.page(scalars, { size: 3, sort: { v } })).items).toHaveLength(3)
        }
      }
    },
  },
  {
    name: "the default size is 20; the last page has no next",
    run: async ({ filled }) => {
      const target = await filled(documents)
      const first = await target.page({})
      expect(first.items).toHaveLength(20)
      const second = await target.page({}, { after: first.next as string })
      expect(second.items).toHaveLength(3)
      expect("next" in second).toBe(false)
    },
  },
  {
    name: "documents inserted and deleted between pages neither repeat nor hide others",
    run: async ({ filled }) => {
      const target = await filled(documents)
      const first = await target.page({}, { size: 5, sort: { at: 1 } })
      await target.insertOne({ _id: "early", at: new Date(-1) })
      await target.insertOne({ _id: "late", at: new Date(9_000_000) })
      await target.deleteOne({ _id: first.items[4]?.["_id"] as string })
      const rest = await target.page({}, { size: 50, sort: { at: 1 }, after: first.next as string })
      const seen = [...first.items, ...rest.items].map(({ _id }) => _id)
      expect(new Set(seen)).toEqual(new Set([...documents.map(({ _id }) => _id), "late"]))
      expect(seen.length).toBe(24)
    },
  },
  {
    name: "the size of a page is `size`, else the builder's limit",
    run: async ({ filled }) => {
      const query = (await filled(documents)).query().sortBy("at").limit(4)
      const first = await query.page()
      expect(first.items).toHaveLength(4)
      expect((await query.page({ size: 6, after: first.next as string })).items).toHaveLength(6)
    },
  },
  {
    name: "a cursor whose values are of no kind to sort by is refused",
    run: async ({ filled }) => {
      const target = await filled(documents)
      const { next = "" } = await target.page({}, { size: 2, sort: { at: 1 } })
      const [version, fingerprint] = JSON.parse(
        atob(next.replaceAll("-", "+").replaceAll("_", "/")),
      ) as unknown[]
      const after = (...keys: unknown[]) => btoa(JSON.stringify([version, fingerprint, ...keys]))
      const options = { size: 2, sort: { at: 1 } } as const
      expect(
        (await target.page({}, { ...options, after: after({ $date: 0 }, "d05") })).items[0],
      ).toMatchObject({
        _id: "d10",
      })
      for (const keys of [
        [{ a: 1 }, "d05"],
        [["x"], "d05"],
        [{ $date: 0 }, 5],
        [{ $date: 0 }],
        [0, "d", "e"],
      ])
        await expectError("invalid-argument", () => target.page({}, { ...options, after: after(...keys) }))
    },
  },
  {
    name: "the builder pages with its filter and selection",
    run: async ({ filled }) => {
      const target = await filled(documents)
      const query = target.query().where("group", "x").sortBy("at", "desc").select("group")
      const first = await query.page({ size: 3 })
      const second = await query.page({ size: 30, after: first.next as string })
      expect(first.items.length + second.items.length).toBe(8)
      expect(Object.keys(first.items[0] ?? {}).sort()).toEqual(["_id", "group"])
    },
  },
  {
    name: "a cursor of another query, a changed one and nonsense are refused",
    run: async ({ filled }) => {
      const target = await filled(documents)
      const { next } = await target.page({}, { size: 2, sort: { at: 1 } })
      await expectError("invalid-argument", () =>
        target.page({}, { size: 2, sort: { at: -1 }, after: next as string }),
      )
      await expectError("invalid-argument", () =>
        target.page({ group: "x" }, { size: 2, sort: { at: 1 }, after: next as string }),
      )
      await expectError("invalid-argument", () => target.page({}, { after: "nonsense" }))
      await expectError("invalid-argument", () => target.page({}, { after: btoa('{"$bad":1}') }))
      await expectError("invalid-argument", () => target.page({}, { size: 0 }))
      await expectError("invalid-argument", () => target.query().skip(1).page())
    },
  },
]
