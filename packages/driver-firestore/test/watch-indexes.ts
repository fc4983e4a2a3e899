import { AsyncLocalStorage } from "node:async_hooks"
import type { Firestore } from "@google-cloud/firestore"
import {
  type CollectionDefinition,
  type CollectionOptions,
  type Document,
  defineCollection,
} from "@nosql/core"
import type { CollectionInfo, Driver, DriverStore, Reach } from "@nosql/core/driver"
import { type FirestoreIndexes, firestore, firestoreIndexes } from "@nosql/driver-firestore"
import { emulatorClient } from "./emulator-client.ts"
import { areServed, type Demand, demandsOf, type Part, type WireQuery } from "./index-demands.ts"

/** How the queries that were sent have their indexes. */
export interface IndexWatch {
  readonly driver: Driver
  readonly client: Firestore
  /** By what they are served: the automatic indexes, those of the file, or those that the plan names. */
  readonly counts: Record<"automatic" | "declared" | "named", number>
  /** The queries that production would refuse and whose plan does not say so. */
  readonly unnamed: string[]
}

interface Sent {
  readonly collection: CollectionInfo
  readonly plan: Reach
}

/**
 * The driver on an emulator, which enforces no composite index, and a look at every query that it really sends: its indexes must be automatic, or those that
 * `firestoreIndexes` writes for the declaration, or named by the plan (`explain()` shows it) in a declaration that makes them.
 */
export function watchIndexes(projectId: string, emulatorHost: string): IndexWatch {
  const client = emulatorClient(projectId, emulatorHost)
  const watch: IndexWatch = {
    driver: watchedDriver(client),
    client,
    counts: { automatic: 0, declared: 0, named: 0 },
    unnamed: [],
  }
  const own = client as unknown as Record<"request" | "requestStream", (...rest: unknown[]) => unknown>
  for (const way of ["request", "requestStream"] as const) {
    const send = own[way].bind(client)
    own[way] = (...rest) => {
      const query = rest.map(queryOf).find((found) => found !== undefined)
      if (query !== undefined) look(watch, query)
      return send(...rest)
    }
  }
  return watch
}

const running = new AsyncLocalStorage<Sent>()

function watchedDriver(client: Firestore): Driver {
  const driver = firestore({ client })
  return { ...driver, connect: async (host) => watchedStore(await driver.connect(host)) }
}

function watchedStore(store: DriverStore): DriverStore {
  const runs: Pick<DriverStore, "runFind" | "runCount"> = {
    runCount: (collection, plan, call) =>
      running.run({ collection, plan }, () => store.runCount(collection, plan, call)),
    async *runFind(collection, plan, call) {
      const batches = store.runFind(collection, plan, call)[Symbol.asyncIterator]()
      const next = () => running.run({ collection, plan }, () => batches.next())
      try {
        for (let step = await next(); !step.done; step = await next()) yield step.value
      } finally {
        await batches.return?.()
      }
    },
  }
  return new Proxy(store, {
    get(target, name) {
      if (Object.hasOwn(runs, name)) return runs[name as keyof typeof runs]
      const member: unknown = Reflect.get(target, name)
      return typeof member === "function" ? member.bind(target) : member
    },
  })
}

function queryOf(request: unknown): WireQuery | undefined {
  const { structuredQuery, structuredAggregationQuery } = (request ?? {}) as {
    readonly structuredQuery?: WireQuery
    readonly structuredAggregationQuery?: { readonly structuredQuery?: WireQuery }
  }
  return structuredQuery ?? structuredAggregationQuery?.structuredQuery
}

function look(watch: IndexWatch, query: WireQuery): void {
  const sent = running.getStore()
  const demands = demandsOf(query)
  const automatic = (demand: Demand) => areServed(demand, automaticFor(demand))
  const servedBy = (indexes: FirestoreIndexes) =>
    demands.every(
      (demand) => automatic(demand) || areServed(demand, [...automaticFor(demand), ...compositesOf(indexes)]),
    )
  if (demands.every(automatic)) watch.counts.automatic++
  else if (sent === undefined) watch.unnamed.push(`${JSON.stringify(demands)}: sent by no plan`)
  else if (servedBy(firestoreIndexes([definitionOf(sent.collection, [])]))) watch.counts.declared++
  else if (servedBy(firestoreIndexes([definitionOf(sent.collection, sent.plan.reasons)])))
    watch.counts.named++
  else watch.unnamed.push(`${JSON.stringify(demands)}: ${sent.plan.reasons.join("; ")}`)
}

/** The single-field indexes that are there for a demand without being asked for. */
function automaticFor({ fixed, order }: Demand): readonly (readonly Part[])[] {
  return [...fixed, ...order].map((part) => [part])
}

function compositesOf({ indexes }: FirestoreIndexes): readonly (readonly Part[])[] {
  return indexes.map(({ fields }) =>
    fields.map(
      (field): Part =>
        "order" in field ? `${field.fieldPath} ${field.order}` : `${field.fieldPath} CONTAINS`,
    ),
  )
}

/** A declaration as the application wrote it, and what reasons tell to add to it. */
function definitionOf(
  { name, fields, indexes }: CollectionInfo,
  reasons: readonly string[],
): CollectionDefinition<Document> {
  const text = reasons.join("\n")
  const added = [...text.matchAll(/\{ keys: (\{.*?\}) \}/g)].map(([, keys = ""]) => ({
    keys: JSON.parse(keys) as object,
  }))
  const arrays = [...text.matchAll(/fields: (\{.*?\})/g)].map(([, more = ""]) => JSON.parse(more) as object)
  const own = indexes
    .filter(({ text: words, expireAfterSeconds }) => words === undefined && expireAfterSeconds === undefined)
    .map(({ keys, unique }) => ({
      keys: Object.fromEntries(keys.map(({ path, direction }) => [path.join("."), direction])),
      unique,
    }))
  return defineCollection<Document>(name, {
    fields: Object.assign({}, fields, ...arrays),
    indexes: [...own, ...added],
  } as CollectionOptions<Document>)
}
