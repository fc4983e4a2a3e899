import type { Document, Value } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import type { SortKey } from "../ast/query.ts"
import type { Remaining } from "../driver/plan.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import { finishQuery } from "./finish-query.ts"

async function* batchesOf(...batches: Document[][]): AsyncGenerator<Document[]> {
  yield* batches
}

async function finish(
  remaining: Remaining,
  batches: AsyncIterable<Document[]>,
  max = 100,
): Promise<Document[]> {
  const all: Document[] = []
  for await (const batch of finishQuery(batches, remaining, max)) all.push(...batch)
  return all
}

describe("finishQuery", () => {
  test("filter, sort, skip, limit, project, in this order and across batches", async () => {
    const remaining: Remaining = {
      filter: parseFilter({ a: { $gt: 1 } }, { operation: "test" }),
      sort: [{ path: ["a"], direction: -1 }],
      skip: 1,
      limit: 2,
      projection: { kind: "include", paths: [["a"]], id: true },
    }
    const found = await finish(
      remaining,
      batchesOf(
        [
          { a: 1, b: 1 },
          { a: 4, b: 1 },
        ],
        [],
        [
          { a: 2, b: 1 },
          { a: 3, b: 1 },
          { a: 5, b: 1 },
        ],
      ),
    )
    expect(found).toEqual([{ a: 4 }, { a: 3 }])
  })

  test("what lies behind a position: every kind of value in its place, ties by the next key, missing as null", async () => {
    const found = ["x", null, 2, true, 1, undefined, [7], 2].map((a, b) => ({
      ...(a === undefined ? {} : { a }),
      b,
    }))
    const after = (sort: Remaining["sort"] & {}, ...values: Value[]) =>
      finish(
        { sort, after: values, projection: { kind: "include", paths: [["b"]], id: true } },
        batchesOf(found),
      )
    const places = async (...args: Parameters<typeof after>) => (await after(...args)).map(({ b }) => b)
    const keys = (a: 1 | -1, b: 1 | -1): readonly SortKey[] => [
      { path: ["a"], direction: a },
      { path: ["b"], direction: b },
    ]
    const [up, down] = [keys(1, 1), keys(-1, -1)]
    expect(await places(up, 2, 2)).toEqual([7, 0, 6, 3])
    expect(await places(up, null, 1)).toEqual([5, 4, 2, 7, 0, 6, 3])
    expect(await places(down, "x", 0)).toEqual([7, 2, 4, 5, 1])
    expect(await places(down, null, 5)).toEqual([1])
    expect(await places(down, null, 1)).toEqual([])
    expect(await places(keys(-1, 1), 2, 2)).toEqual([7, 4, 1, 5])
  })

  test("a position comes before skip and limit, and what lies before it is not held", async () => {
    const sort = [{ path: ["a"], direction: 1 as const }]
    const found = batchesOf([{ a: 4 }, { a: 1 }], [{ a: 2 }, { a: 3 }])
    expect(await finish({ sort, after: [1], skip: 1, limit: 1 }, found, 3)).toEqual([{ a: 3 }])
  })

  test("a limit stops the reading", async () => {
    let read = 0
    async function* endless(): AsyncGenerator<Document[]> {
      for (;;) {
        read++
        yield [{ n: read }]
      }
    }
    expect(await finish({ skip: 1, limit: 2 }, endless())).toEqual([{ n: 2 }, { n: 3 }])
    expect(read).toBe(3)
  })

  test("a sort holds no more than it may", async () => {
    const sort = [{ path: ["a"], direction: 1 as const }]
    await expect(finish({ sort }, batchesOf([{ a: 1 }], [{ a: 2 }], [{ a: 3 }]), 2)).rejects.toMatchObject({
      code: "resource-exhausted",
    })
    expect(await finish({ sort }, batchesOf([{ a: 2 }], [{ a: 1 }]), 2)).toEqual([{ a: 1 }, { a: 2 }])
  })
})
