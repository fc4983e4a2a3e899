import { type Document, NoSQLError } from "@nosql/contracts"
import { afterEach, describe, expect, test, vi } from "vitest"
import { nothingRemains, scriptedDriver } from "../../test/scripted-driver.ts"
import type { DriverStore, Query } from "../driver.ts"
import { compileFilter } from "../evaluate/compile-filter.ts"
import { compareDocuments } from "../evaluate/sort-documents.ts"
import { connect } from "../store/connect.ts"

interface Job extends Document {
  readonly _id: string
  readonly status: string
  readonly at: number
}

interface Script {
  /** What an index tells of the documents; without one every look is right. */
  readonly index?: readonly Job[]
  /** What another writer does while a document is about to be written. */
  readonly meanwhile?: (job: Job) => Job | undefined
}

/** A store of jobs that sorts natively, and finds by an index that tells only what it heard of. */
function scripted(jobs: readonly Job[], { index, meanwhile = () => undefined }: Script = {}) {
  const held = new Map(jobs.map((job) => [job._id, job]))
  const looks: Query[] = []
  const store: Partial<DriverStore> = {
    planFind: (_, query: Query) => ({
      ...nothingRemains,
      native: query,
      eventual: index !== undefined && query.consistency !== "strong",
    }),
    async *runFind(_, { native, eventual }) {
      const { filter, sort, limit, consistency } = native as Query
      if (consistency !== "strong") looks.push(native as Query)
      const found = (eventual ? (index ?? []) : [...held.values()])
        .filter(compileFilter(filter))
        .sort(compareDocuments(sort))
        .slice(0, limit)
      yield { documents: found, revisions: found }
    },
    planWrite: () => undefined,
    async replaceIf(_, { document }, next) {
      const id = document["_id"] as string
      const changed = meanwhile(held.get(id) as Job)
      if (changed !== undefined) held.set(id, changed)
      if (held.get(id) !== document) return false
      if (next === undefined) held.delete(id)
      else held.set(id, next as Job)
      return true
    },
  }
  const take = async () => {
    const opened = await connect(scriptedDriver(store))
    const collection = opened.collection<Job>("jobs")
    return collection.findOneAndUpdate({ status: "new" }, { $set: { status: "busy" } }, { sort: { at: 1 } })
  }
  return { held, limits: () => looks.map(({ limit }) => limit), take }
}

const job = (_id: string, at: number, status = "new"): Job => ({ _id, status, at })

afterEach(() => void vi.restoreAllMocks())

describe("the first of a sort, written by read, apply, conditional write", () => {
  test("what an index tells rightly is written without a second look", async () => {
    const jobs = [job("a", 1), job("b", 2)]
    const target = scripted(jobs, { index: jobs })
    expect(await target.take()).toEqual(job("a", 1))
    expect(target.limits()).toEqual([1])
    expect(target.held.get("a")).toEqual(job("a", 1, "busy"))
  })

  test("one that was postponed stands where it is now, and the next one is taken", async () => {
    const target = scripted([job("a", 9), job("b", 2), job("c", 3)], {
      index: [job("a", 1), job("b", 2), job("c", 3)],
    })
    expect(await target.take()).toEqual(job("b", 2))
    expect([...target.held.values()]).toEqual([job("a", 9), job("b", 2, "busy"), job("c", 3)])
  })

  test("where all were postponed, the first as they are now", async () => {
    const target = scripted([job("a", 9), job("b", 7), job("c", 8)], {
      index: [job("a", 1), job("b", 2), job("c", 3)],
    })
    expect(await target.take()).toEqual(job("b", 7))
    // Each look asks for one more than the documents that are known by now.
    expect(target.limits()).toEqual([1, 2, 3, 4])
  })

  test("one that was postponed and still comes before the others is taken, as it is now", async () => {
    const later = job("b", 5)
    const target = scripted([job("a", 4), later], { index: [job("a", 1), later] })
    expect(await target.take()).toEqual(job("a", 4))
  })

  test("one that was moved ahead is taken without another look", async () => {
    const target = scripted([job("a", 0), job("b", 2)], { index: [job("a", 1), job("b", 2)] })
    expect(await target.take()).toEqual(job("a", 0))
    expect(target.limits()).toEqual([1])
  })

  test("those that match no longer, or are gone, are passed over", async () => {
    const target = scripted([job("a", 1, "done"), job("c", 3)], {
      index: [job("a", 1), job("b", 2), job("c", 3)],
    })
    expect(await target.take()).toEqual(job("c", 3))
    const none = scripted([job("a", 1, "done")], { index: [job("a", 1)] })
    expect(await none.take()).toBeNull()
  })

  test("nor is one taken that another writer postpones between look and write", async () => {
    const target = scripted([job("a", 1), job("b", 2)], {
      meanwhile: ({ _id, at }) => (_id === "a" && at === 1 ? job("a", 9) : undefined),
    })
    expect(await target.take()).toEqual(job("b", 2))
    expect(target.held.get("a")).toEqual(job("a", 9))
  })

  test("one that others keep changing is a conflict, be it that it moves each time or stays", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0)
    for (const step of [1, 0]) {
      let met = 0
      const target = scripted([job("a", 1)], {
        meanwhile: ({ at }) => {
          met++
          return job("a", at + step)
        },
      })
      const error = await target.take().catch((reason: unknown) => reason)
      expect(NoSQLError.isInstance(error) && error.code).toBe("conflict")
      expect(met).toBe(13)
    }
  })
})
