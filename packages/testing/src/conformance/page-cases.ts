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
  {
    name: "without a sort pages go by _id; the default size is 20; the last page has no next",
    run: async ({ filled }) => {
      const target = await filled(documents)
      const first = await target.page({})
      expect(first.items.map(({ _id }) => _id)).toEqual(documents.slice(0, 20).map(({ _id }) => _id))
      const second = await target.page({}, { after: first.next as string })
      expect(second.items.length).toBe(3)
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
