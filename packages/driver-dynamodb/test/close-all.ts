import type { DocumentStore } from "@nosql/core"

/** Drops what the first of some stores of one prefix sees, and closes them all. */
export async function closeAll(stores: readonly DocumentStore[]): Promise<void> {
  const [store] = stores
  for (const name of (await store?.listCollections()) ?? []) await store?.dropCollection(name)
  for (const opened of stores) await opened.close()
}
