import type { Capabilities, Driver, DriverStore, FindPlan } from "@nosql/core/driver"
import { emulateAll } from "./restricted/emulate-all.ts"
import { inPages } from "./restricted/in-pages.ts"
import { planRestricted, type RestrictedRead } from "./restricted/plan-restricted.ts"
import { readStale } from "./restricted/read-stale.ts"
import { StaleImages } from "./restricted/stale-images.ts"

/** What is taken away from a driver. */
export interface Restrictions {
  /** How many documents a read returns at a time; between two pages comes an empty one. @default 2 */
  readonly pageSize?: number
  /**
   * What the look-ups of writes see through the index. `"images"`: a document that was written since is seen as it was before, be it that
   * it is gone, matches no longer or comes later in the sort. `"misses"`: and one that has not yet come to the index, or not to its new
   * place there, is not seen so. Reads by `_id`, reads of everything and strong reads are right; so are reads that write nothing, whose
   * answers the suite compares. @default "images"
   */
  readonly staleIndex?: "none" | "images" | "misses"
  /** Capabilities to take away, or to give another support. */
  readonly capabilities?: Partial<Capabilities>
}

/**
 * A driver that is made poor on purpose: reads by `_id` or by equality on the first key of one declared index, or else reads everything;
 * no native sort, window, projection, count or update, and an index that lags behind. Core must do the rest, so the suite proves core's
 * hard half without a cloud store.
 *
 * @example
 * runConformance({ name: "restricted(memory)", driver: () => restricted(memory()) })
 */
export function restricted(driver: Driver, restrictions: Restrictions = {}): Driver {
  return {
    name: driver.name,
    capabilities: { ...emulateAll(driver.capabilities), ...restrictions.capabilities },
    connect: async (host) => restrictStore(await driver.connect(host), restrictions),
  }
}

function restrictStore(
  store: DriverStore,
  { pageSize = 2, staleIndex = "images" }: Restrictions,
): DriverStore {
  const images = new StaleImages()
  return {
    client: store.client,
    ...(store.openCollection === undefined
      ? {}
      : {
          openCollection: (collection, call) => store.openCollection?.(collection, call) ?? Promise.resolve(),
        }),
    planFind: (collection, query) => planRestricted(store, collection, query),
    runFind: (collection, plan, call) => {
      const read = plan.native as RestrictedRead
      const batches = store.runFind(collection, { ...plan, native: read.inner.native } as FindPlan, call)
      if (!read.indexed || !call.revisions || staleIndex === "none") return inPages(batches, pageSize)
      const lag = { images, collection: collection.name, staleness: staleIndex }
      return inPages(readStale(batches, read, lag), pageSize)
    },
    planCount: () => undefined,
    runCount: () => Promise.reject(new Error("a restricted driver plans no counts")),
    planWrite: () => undefined,
    runWrite: () => Promise.reject(new Error("a restricted driver plans no writes")),
    runInsert: async (collection, documents, call) => {
      const outcome = await store.runInsert(collection, documents, call)
      for (const i of outcome.done) images.inserted(collection.name, documents[i]?.["_id"] as string)
      return outcome
    },
    replaceIf: async (collection, read, next, call) => {
      const written = await store.replaceIf(collection, read, next, call)
      if (written) images.replaced(collection.name, read)
      return written
    },
    createCollection: (collection, call) => store.createCollection(collection, call),
    listIndexes: (collection, call) => store.listIndexes(collection, call),
    createIndexes: (collection, indexes, call) => store.createIndexes(collection, indexes, call),
    dropIndex: (collection, name, call) => store.dropIndex(collection, name, call),
    listCollections: (call) => store.listCollections(call),
    dropCollection: (name, call) => {
      images.forget(name)
      return store.dropCollection(name, call)
    },
    ping: (call) => store.ping(call),
    close: () => store.close(),
  }
}
