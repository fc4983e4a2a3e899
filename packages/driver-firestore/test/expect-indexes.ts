import { afterAll, describe, expect, test } from "vitest"
import type { IndexWatch } from "./watch-indexes.ts"

/** After a suite: every query that it sent has its index, or names it. `least`: how many there must have been of each kind, so that the look is one. */
export function expectIndexes(
  { client, counts, unnamed }: IndexWatch,
  skip: boolean,
  least: IndexWatch["counts"],
): void {
  afterAll(() => client.terminate())
  describe.skipIf(skip)("indexes of the queries that were sent", () => {
    test("each is automatic, in the file, or named by the plan", () => {
      expect([...new Set(unnamed)]).toEqual([])
    })

    test.each(["automatic", "declared", "named"] as const)("there were some: %s", (kind) => {
      expect(counts[kind]).toBeGreaterThanOrEqual(least[kind])
    })
  })
}
