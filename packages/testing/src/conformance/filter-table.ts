import type { Collection, Document, DocumentStore, Filter, IndexDefinition } from "@nosql/contracts"
import { expect } from "vitest"
import type { CaseContext, ConformanceCase } from "./case.ts"

/** A filter and the ids that it finds. */
export type Row = readonly [filter: Filter<Document>, expected: readonly string[]]

/** Documents that many filters are asked of, and the indexes that must not change an answer. */
interface FilterTable {
  readonly documents: readonly Document[]
  readonly indexes: readonly IndexDefinition[]
  readonly rows: readonly Row[]
}

/** Each row is read and counted bare and along indexes. Nothing is written, so that all rows of a store share two collections. */
export function tableCases(prefix: string, { documents, indexes, rows }: FilterTable): ConformanceCase[] {
  const made = new WeakMap<DocumentStore, Promise<readonly Collection<Document>[]>>()
  const collections = ({ store, filled }: CaseContext) => {
    const hasUnique = !["index", "index.unique"].some((feature) => store.capabilities[feature] === "none")
    const possible = indexes.filter(({ unique }) => !unique || hasUnique)
    const known =
      made.get(store) ?? Promise.all([filled(documents), filled(documents, { indexes: possible })])
    made.set(store, known)
    return known
  }
  return rows.map(([filter, expected]) => ({
    name: `${prefix}${describeFilter(filter)}`,
    run: async (context) => {
      for (const collection of await collections(context)) {
        expect(await foundIds(collection.find(filter, { scans: "allow" }).toArray())).toEqual(
          [...expected].sort(),
        )
        expect(await collection.count(filter, { scans: "allow" })).toBe(expected.length)
      }
    },
  }))
}

async function foundIds(found: Promise<readonly Document[]>): Promise<string[]> {
  return (await found).map(({ _id }) => _id as string).sort()
}

function describeFilter(filter: Filter<Document>): string {
  return JSON.stringify(filter, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value))
}
