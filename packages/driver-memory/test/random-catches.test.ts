import type { Driver, DriverStore, FilterNode, Query, WriteRequest } from "@nosql/core/driver"
import { memory } from "@nosql/driver-memory"
import { findDifference } from "@nosql/testing"
import { describe, expect, test } from "vitest"

/** A mistake that a driver could make. */
interface Fault {
  readonly query?: (query: Query) => Query
  readonly write?: (request: WriteRequest) => WriteRequest
}

function broken(driver: Driver, { query = (same) => same, write = (same) => same }: Fault): Driver {
  return {
    ...driver,
    connect: async () => {
      const store = await driver.connect()
      const planned: Partial<DriverStore> = {
        planFind: (collection, asked) => store.planFind(collection, query(asked)),
        planCount: (collection, asked) => store.planCount(collection, query(asked)),
        planWrite: (collection, asked) => store.planWrite(collection, write(asked)),
      }
      return new Proxy(store, {
        get(target, name) {
          if (Object.hasOwn(planned, name)) return planned[name as keyof DriverStore]
          const member: unknown = Reflect.get(target, name)
          return typeof member === "function" ? member.bind(target) : member
        },
      })
    },
  }
}

/** Changes every node of a filter, the inner ones first. */
function everyNode(node: FilterNode, change: (node: FilterNode) => FilterNode): FilterNode {
  if (node.kind === "and" || node.kind === "or")
    return change({ ...node, filters: node.filters.map((inner) => everyNode(inner, change)) })
  if (node.kind === "not") return change({ ...node, filter: everyNode(node.filter, change) })
  return change(node)
}

const inFilter =
  (change: (node: FilterNode) => FilterNode) =>
  (query: Query): Query => ({ ...query, filter: everyNode(query.filter, change) })

const reads: Readonly<Record<string, Fault>> = {
  "$gte without the equal": {
    query: inFilter((node) =>
      node.kind === "compare" && node.operator === "gte" ? { ...node, operator: "gt" } : node,
    ),
  },
  "null that does not match missing": {
    query: inFilter((node) =>
      node.kind === "compare" && node.value === null ? { kind: "type", path: node.path, type: "null" } : node,
    ),
  },
  "a negation of ranges that leaves out what is missing": {
    query: inFilter((node) => {
      if (node.kind !== "not" || node.filter.kind !== "compare" || node.filter.operator === "eq") return node
      return { kind: "and", filters: [node, { kind: "exists", path: node.filter.path }] }
    }),
  },
  "$or of two that is $and": {
    query: inFilter((node) =>
      node.kind === "or" && node.filters.length === 2 ? { ...node, kind: "and" } : node,
    ),
  },
  "a window of one too many": {
    query: (query) => (query.limit === undefined ? query : { ...query, limit: query.limit + 1 }),
  },
  "a window cut before it is skipped": {
    query: (query) =>
      query.limit === undefined || query.skip === 0
        ? query
        : { ...query, limit: Math.max(0, query.limit - query.skip) },
  },
  "a second sort key that is forgotten": { query: (query) => ({ ...query, sort: query.sort.slice(0, 1) }) },
  "a projection that keeps the _id": {
    query: (query) =>
      query.projection === undefined ? query : { ...query, projection: { ...query.projection, id: true } },
  },
}

const writes: Readonly<Record<string, Fault>> = {
  "$inc by one too many": {
    write: (request) =>
      request.kind !== "update"
        ? request
        : {
            ...request,
            update: request.update.map((node) =>
              node.kind === "inc" ? { kind: "inc", path: node.path, by: Number(node.by) + 1 } : node,
            ),
          },
  },
  "an update that forgets its last change": {
    write: (request) =>
      request.kind === "update" && request.update.length > 1
        ? { ...request, update: request.update.slice(0, -1) }
        : request,
  },
  "a delete of one that takes another": {
    write: (request) =>
      request.kind === "delete" && !request.many ? { ...request, filter: { kind: "true" } } : request,
  },
}

describe("the random suite finds", () => {
  for (const [name, fault] of Object.entries(reads)) {
    test(name, async () => {
      const { difference } = await findDifference(broken(memory(), fault), "reads", {
        seed: 1,
        runs: 2000,
        shrinkMs: 200,
      })
      expect(difference).toMatch(/reproduce: SEED=\d+ RUNS=1 .*\nconst target = await filled\(/)
    })
  }
  for (const [name, fault] of Object.entries(writes)) {
    test(name, async () => {
      const { difference } = await findDifference(broken(memory(), fault), "writes", {
        seed: 1,
        runs: 2000,
        shrinkMs: 200,
      })
      expect(difference).toMatch(/reproduce: SEED=\d+ RUNS=1 .*\nconst target = await filled\(/)
    })
  }

  test("the same with the seed that it names, and nothing where nothing is wrong", async () => {
    const fault = reads["$gte without the equal"] as Fault
    const found = await findDifference(broken(memory(), fault), "reads", { seed: 1, runs: 2000 })
    const seed = Number(/SEED=(\d+)/.exec(found.difference ?? "")?.[1])
    const again = await findDifference(broken(memory(), fault), "reads", { seed, runs: 1 })
    expect(again.difference).toBe(found.difference)
    expect((await findDifference(memory(), "reads", { seed, runs: 1 })).difference).toBeUndefined()
  })
})
