import { type Document, NoSQLError } from "@nosql/contracts"
import { behindPosition, compareDocuments } from "@nosql/core/driver"
import type { SettledRead } from "./dynamo-read.ts"
import { type Found, joined } from "./read-context.ts"
import type { Attributes } from "./value-codec.ts"

/** As many documents of one key are held at most, to be brought in order. */
const mostTies = 100_000

interface Tied {
  readonly document: Document
  readonly item: Attributes
}

/** A read in the order of its key alone in the whole order of the sort, from behind the position on: only documents with one key are held at a time. */
export async function* settleTies(
  found: AsyncGenerator<Found>,
  { key, sort, after, take = Number.POSITIVE_INFINITY }: SettledRead,
): AsyncGenerator<Found> {
  const compare = compareDocuments(sort)
  const byKey = compareDocuments([{ path: key, direction: 1 }])
  const isBehind = after === undefined ? () => true : behindPosition(sort, after)
  let left = take
  let tied: Tied[] = []
  const settled = (): Found => {
    const all = tied.sort((a, b) => compare(a.document, b.document)).slice(0, left)
    tied = []
    left -= all.length
    return { documents: all.map(({ document }) => document), items: all.map(({ item }) => item) }
  }
  try {
    for await (const { documents, items } of found) {
      const ready: Found[] = []
      for (const [i, document] of documents.entries()) {
        const [first] = tied
        if (first !== undefined && byKey(first.document, document) !== 0) ready.push(settled())
        if (isBehind(document)) tied.push({ document, item: items[i] as Attributes })
      }
      if (tied.length > mostTies) throw tooMany(key)
      if (ready.length > 0) yield joined(ready)
      if (left <= 0) return
    }
    if (tied.length > 0) yield settled()
  } finally {
    await found.return(undefined)
  }
}

function tooMany(key: readonly string[]): NoSQLError {
  return new NoSQLError(
    "resource-exhausted",
    `find: more than ${mostTies} documents have one value at ${key.join(".")} and are to be sorted by more than that; narrow the filter, or sort by ${key.join(".")} alone`,
    { operation: "find", backend: "dynamodb" },
  )
}
