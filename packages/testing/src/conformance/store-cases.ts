import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

export const storeCases: readonly ConformanceCase[] = [
  {
    name: "listCollections names what has documents; dropCollection removes it and says whether it was there",
    run: async ({ store, filled }) => {
      const target = await filled([{}])
      expect(await store.listCollections()).toContain(target.name)
      expect(await store.dropCollection(target.name)).toBe(true)
      expect(await store.dropCollection(target.name)).toBe(false)
      expect(await store.listCollections()).not.toContain(target.name)
      expect(await target.count({})).toBe(0)
    },
  },
  {
    name: "health says up, with the time it took",
    run: async ({ store, backend }) => {
      const health = await store.health()
      expect(health).toMatchObject({ status: "up", backend })
      expect(health.latencyMs).toBeGreaterThanOrEqual(0)
    },
  },
  {
    name: "bad collection names are refused",
    run: async ({ store }) => {
      for (const name of ["", "1a", "a b", "a.b", "a$", "system", "systemX", "é", "a".repeat(129)]) {
        await expectError("invalid-argument", () => store.collection(name))
      }
    },
  },
  {
    name: "a collection name may have 128 characters",
    run: async ({ store }) => {
      const target = store.collection(`A-_9${"x".repeat(124)}`)
      try {
        expect(await target.insertOne({ _id: "a" })).toBe("a")
        expect(await store.listCollections()).toContain(target.name)
        expect(await target.find({}).toArray()).toEqual([{ _id: "a" }])
      } finally {
        await store.dropCollection(target.name)
      }
    },
  },
]
