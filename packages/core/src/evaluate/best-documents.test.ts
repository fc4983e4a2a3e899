import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import type { Document } from "@nosql/contracts"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { bestDocuments } from "./best-documents.ts"
import { finishQuery } from "./finish-query.ts"
import { compareDocuments } from "./sort-documents.ts"

const byA = compareDocuments([{ path: ["a"], direction: 1 }])

describe("bestDocuments", () => {
  test("are the first of a stable sort of all, whatever the order in which they come", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (values, most) => {
        const documents = values.map((a, n): Document => ({ a, n }))
        const best = bestDocuments(byA, most)
        for (const document of documents) best.add(document)
        expect(best.sorted()).toEqual(documents.toSorted(byA).slice(0, most))
      }),
      { numRuns: 500 },
    )
  })

  test("many that come the wrong way round", () => {
    const best = bestDocuments(byA, 3)
    for (let a = 1000; a > 0; a--) best.add({ a })
    expect(best.sorted()).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }])
  })
})

describe("a sort of which a limit is known", () => {
  const batch = 100
  const batches = 200
  const collect = collector()

  /** Worst first: each document belongs to the first ones when it comes. */
  async function* documents(seen: WeakRef<Document>[], alive: number[]): AsyncGenerator<Document[]> {
    for (let i = 0; i < batches; i++) {
      const made = Array.from({ length: batch }, (_, n): Document => ({ a: -(i * batch + n) }))
      seen.push(...made.map((document) => new WeakRef(document)))
      yield made
      if (i % 50 === 49) {
        await collect()
        alive.push(seen.filter((reference) => reference.deref() !== undefined).length)
      }
    }
  }

  test("holds skip + limit documents and the batch at hand, and needs no more room than that", async () => {
    const alive: number[] = []
    const remaining = { sort: [{ path: ["a"], direction: 1 }], skip: 2, limit: 3 } as const
    const found: Document[] = []
    for await (const some of finishQuery(documents([], alive), remaining, 5)) found.push(...some)
    const last = batches * batch - 1
    expect(found).toEqual([{ a: 2 - last }, { a: 3 - last }, { a: 4 - last }])
    expect(alive.length).toBe(4)
    for (const count of alive) expect(count).toBeLessThanOrEqual(5 + 2 * batch)
  })

  test("is refused where skip + limit are more than may be held, as soon as they are met", async () => {
    const remaining = { sort: [{ path: ["a"], direction: 1 }], skip: 2, limit: 4 } as const
    const reading = finishQuery(documents([], []), remaining, 5)[Symbol.asyncIterator]().next()
    await expect(reading).rejects.toMatchObject({ code: "resource-exhausted" })
  })
})

/** Runs the garbage collector, with time for what waits for it. */
function collector(): () => Promise<void> {
  setFlagsFromString("--expose-gc")
  const gc = runInNewContext("gc") as () => void
  return async () => {
    await new Promise((resolve) => setTimeout(resolve))
    gc()
  }
}
