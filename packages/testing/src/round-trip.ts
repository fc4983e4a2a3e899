import { decodeAst, encodeAst } from "@nosql/core"
import type { Driver, DriverStore } from "@nosql/core/driver"

/**
 * A driver that is handed every request as JSON: queries, counts and writes go through the codec before they are planned. What passes
 * the suite through it can be stored, sent and printed, and nothing in it depends on what JSON loses.
 *
 * @example
 * runConformance({ name: "roundTrip(memory)", driver: () => roundTrip(memory()) })
 */
export function roundTrip(driver: Driver): Driver {
  return { ...driver, connect: async (host) => roundTripStore(await driver.connect(host)) }
}

/** `ROUND_TRIP=1` in the environment puts every driver of a suite through it. */
export function maybeRoundTrip(driver: Driver): Driver {
  return process.env["ROUND_TRIP"] === "1" ? roundTrip(driver) : driver
}

function roundTripStore(store: DriverStore): DriverStore {
  const planned: Partial<DriverStore> = {
    planFind: (collection, query) => store.planFind(collection, throughJson(query)),
    planCount: (collection, query) => store.planCount(collection, throughJson(query)),
    planWrite: (collection, request) => store.planWrite(collection, throughJson(request)),
    ...(store.pageOrder === undefined
      ? {}
      : { pageOrder: (collection, filter) => store.pageOrder?.(collection, throughJson(filter)) ?? [] }),
    ...(store.planDistinct === undefined
      ? {}
      : {
          planDistinct: (collection, query, path) =>
            store.planDistinct?.(collection, throughJson(query), throughJson(path)),
        }),
  }
  // All else is the store's own, whatever it has: also what a later version of the interface adds.
  return new Proxy(store, {
    get(target, name) {
      if (Object.hasOwn(planned, name)) return planned[name as keyof DriverStore]
      const member: unknown = Reflect.get(target, name)
      return typeof member === "function" ? member.bind(target) : member
    },
  })
}

function throughJson<T>(node: T): T {
  return decodeAst(encodeAst(node as never)) as T
}
