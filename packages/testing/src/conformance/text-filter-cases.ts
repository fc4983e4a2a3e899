import type { Document } from "@nosql/contracts"
import { expect } from "vitest"
import type { CaseContext, ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

const articles: readonly Document[] = [
  { _id: "1", title: "Roasting coffee at home", n: 1 },
  { _id: "2", title: "Tea and coffee", n: 2 },
  { _id: "3", title: "Tea", n: 3 },
]

const indexed = ({ filled }: CaseContext) => filled(articles, { indexes: [{ keys: { title: "text" } }] })
const idsOf = (found: readonly Document[]) => found.map(({ _id }) => _id).sort()

export const textFilterCases: readonly ConformanceCase[] = [
  {
    name: "$text is searched by the store, beside other conditions, in reads, counts and writes",
    needs: ["filter.text", "index", "index.text"],
    run: async (context) => {
      const target = await indexed(context)
      expect(idsOf(await target.find({ $text: { $search: "coffee" } }).toArray())).toEqual(["1", "2"])
      expect(idsOf(await target.find({ $text: { $search: "coffee" }, n: { $gt: 1 } }).toArray())).toEqual([
        "2",
      ])
      expect(
        idsOf(await target.find({ $and: [{ n: 1 }, { $text: { $search: "coffee" } }] }).toArray()),
      ).toEqual(["1"])
      expect(idsOf(await target.query().whereText("tea").where("n", 3).toArray())).toEqual(["3"])
      expect(await target.count({ $text: { $search: "tea" } })).toBe(2)
      // What core finishes takes the store's word for the search.
      const whole = { $text: { $search: "tea" }, $nor: [{ n: { a: 1 } }] }
      expect(idsOf(await target.find(whole).toArray())).toEqual(["2", "3"])
      expect(await target.deleteMany({ $text: { $search: "tea" }, n: 3 })).toMatchObject({ deleted: 1 })
    },
  },
  {
    name: "one $text a query",
    needs: ["filter.text", "index", "index.text"],
    run: async (context) => {
      const target = await indexed(context)
      const error = await expectError("invalid-argument", () =>
        target.query().whereText("tea").whereText("coffee").toArray(),
      )
      expect(error.path).toBe("$text")
      expect(idsOf(await target.query().whereText("tea").whereText("tea").toArray())).toEqual(["2", "3"])
    },
  },
  {
    name: "where there is no $text, it is refused by name before any I/O",
    run: async ({ store, filled }) => {
      if (store.capabilities["filter.text"] !== "none") return
      const target = await filled(articles)
      const error = await expectError("unsupported", () =>
        target.find({ $text: { $search: "tea" } }).toArray(),
      )
      expect(error.details).toMatchObject({ feature: "filter.text" })
      await expectError("unsupported", () => target.deleteMany({ $text: { $search: "tea" } }))
      expect(await target.count({})).toBe(3)
    },
  },
]
