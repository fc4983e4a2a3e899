import type { Document, Filter } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"

/** A filter and the ids that it finds. */
export type Row = readonly [filter: Filter<Document>, expected: readonly string[]]

/** Each row runs bare, counted, and along an index, which must not change the answer. */
export function tableCases(
  prefix: string,
  documents: readonly Document[],
  table: readonly Row[],
): ConformanceCase[] {
  return table.map(([filter, expected]) => ({
    name: `${prefix}${describeFilter(filter)}`,
    run: async ({ filled }) => {
      const bare = await filled(documents)
      expect(await foundIds(bare.find(filter).toArray())).toEqual([...expected].sort())
      expect(await bare.count(filter)).toBe(expected.length)
      if (prefix !== "") return
      const indexed = await filled(documents, {
        indexes: [{ keys: { v: 1, n: -1 } }, { keys: { n: 1 }, unique: true }],
      })
      expect(await foundIds(indexed.find(filter, { scans: "allow" }).toArray())).toEqual([...expected].sort())
      expect(await indexed.count(filter, { scans: "allow" })).toBe(expected.length)
    },
  }))
}

async function foundIds(found: Promise<readonly Document[]>): Promise<string[]> {
  return (await found).map(({ _id }) => _id as string).sort()
}

function describeFilter(filter: Filter<Document>): string {
  return JSON.stringify(filter, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value))
}
