import {
  type Batch,
  type Capabilities,
  type CollectionInfo,
  type Driver,
  type DriverStore,
  equalityOn,
  type FilterNode,
  type FindPlan,
  formatPath,
  type IndexInfo,
  matchAll,
  planAccess,
  type Query,
  queryOf,
} from "@nosql/core/driver"

/** What is taken away from a driver. */
export interface Restrictions {
  /** How many documents a read returns at a time. @default 2 */
  readonly pageSize?: number
}

/**
 * A driver that is made poor on purpose: reads by `_id` or by equality on the first key of one declared index, or else reads everything;
 * no native sort, window, projection, count or update. Core must do the rest, so the suite proves core's hard half without a cloud store.
 */
export function restricted(driver: Driver, { pageSize = 2 }: Restrictions = {}): Driver {
  return {
    name: driver.name,
    capabilities: emulateAll(driver.capabilities),
    connect: async () => restrictStore(await driver.connect(), pageSize),
  }
}

function emulateAll(capabilities: Capabilities): Capabilities {
  const kept = new Set(["index", "index.unique", "consistency.strong"])
  const entries = Object.entries(capabilities).map(([feature, support]) => {
    return [feature, support === "native" && !kept.has(feature) ? "emulated" : support]
  })
  return Object.fromEntries(entries) as Capabilities
}

function restrictStore(store: DriverStore, pageSize: number): DriverStore {
  return {
    client: store.client,
    planFind: (collection, query) => planRestricted(store, collection, query),
    runFind: (collection, plan, call) => inPages(store.runFind(collection, plan, call), pageSize),
    planCount: () => undefined,
    runCount: () => Promise.reject(new Error("a restricted driver plans no counts")),
    planWrite: () => undefined,
    runWrite: () => Promise.reject(new Error("a restricted driver plans no writes")),
    runInsert: (collection, documents, call) => store.runInsert(collection, documents, call),
    replaceIf: (collection, read, next, call) => store.replaceIf(collection, read, next, call),
    createCollection: (collection, call) => store.createCollection(collection, call),
    listIndexes: (collection, call) => store.listIndexes(collection, call),
    createIndexes: (collection, indexes, call) => store.createIndexes(collection, indexes, call),
    dropIndex: (collection, name, call) => store.dropIndex(collection, name, call),
    listCollections: (call) => store.listCollections(call),
    dropCollection: (name, call) => store.dropCollection(name, call),
    ping: (call) => store.ping(call),
    close: () => store.close(),
  }
}

/** Pushes one condition at most; all the rest is core's. */
function planRestricted(store: DriverStore, collection: CollectionInfo, query: Query): FindPlan {
  const [index] = collection.indexes
  const { filter, pushed } = pushable(query.filter, index)
  const only: CollectionInfo = { ...collection, indexes: index === undefined ? [] : [index] }
  const plan = store.planFind(only, queryOf(filter))
  // Skip and limit are core's as well: a page of this store says nothing about what survives.
  const remaining = {
    ...(query.filter.kind === "true" ? {} : { filter: query.filter }),
    ...(query.sort.length === 0 ? {} : { sort: query.sort }),
    ...(query.skip === 0 ? {} : { skip: query.skip }),
    ...(query.limit === undefined ? {} : { limit: query.limit }),
    ...(query.projection === undefined ? {} : { projection: query.projection }),
  }
  if (pushed !== undefined) return { ...plan, remaining, reasons: [`only ${pushed} goes to the store`] }
  // Everything is read: what would mend it is said of the query itself, which no index helps here.
  const { access, reasons } = planAccess({ ...collection, indexes: [] }, query.filter, query.sort)
  return { native: plan.native, access: access === "key" ? "scan" : access, reasons, remaining }
}

function pushable(filter: FilterNode, index: IndexInfo | undefined): { filter: FilterNode; pushed?: string } {
  const first = index?.keys[0]?.path
  for (const path of first === undefined ? [["_id"]] : [["_id"], first]) {
    const node = equalityOn(filter, path)
    if (node !== undefined) return { filter: node, pushed: `the equality on "${formatPath(path)}"` }
  }
  return { filter: matchAll }
}

async function* inPages(batches: AsyncIterable<Batch>, size: number): AsyncGenerator<Batch> {
  for await (const { documents, revisions } of batches) {
    for (let start = 0; start < documents.length; start += size) {
      const page = documents.slice(start, start + size)
      yield revisions === undefined
        ? { documents: page }
        : { documents: page, revisions: revisions.slice(start, start + size) }
    }
  }
}
