import type { DocumentStore } from "@nosql/contracts"

/** Drops what cases made, ten at a time: a run makes hundreds of collections, of which each takes a store several requests. */
export async function dropCollections(store: DocumentStore, used: Iterable<string>): Promise<void> {
  const names = [...used]
  for (let start = 0; start < names.length; start += 10)
    await Promise.all(names.slice(start, start + 10).map((name) => store.dropCollection(name)))
}
