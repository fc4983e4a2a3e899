import type { Document } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { scriptedDriver } from "../../test/scripted-driver.ts"
import type { DriverStore, Query, Remaining } from "../driver.ts"
import { connect } from "../store/connect.ts"

const ada = { _id: "a", name: "Ada" }

/** A store that has a way to the first document, and leaves `remaining` to core. */
async function opened(remaining: (query: Query) => Remaining, first: () => Promise<Document | undefined>) {
  const calls: string[] = []
  const store: Partial<DriverStore> = {
    planFind: (_, query) => ({
      native: undefined,
      access: "key",
      reasons: [],
      remaining: remaining(query),
    }),
    async *runFind() {
      calls.push("runFind")
      yield { documents: [ada] }
    },
    runFirst: () => {
      calls.push("runFirst")
      return first()
    },
  }
  const opened = await connect(scriptedDriver(store))
  return { store: opened, people: opened.collection<typeof ada>("people"), calls }
}

describe("the first document of a read", () => {
  test("comes by the store's own way where its plan leaves nothing to core", async () => {
    const { people, calls } = await opened(
      () => ({}),
      async () => ada,
    )
    expect(await people.findOne({ name: "Ada" })).toEqual(ada)
    expect(await people.get("a")).toEqual(ada)
    expect(await people.exists({ name: "Ada" })).toBe(true)
    expect(new Set(calls)).toEqual(new Set(["runFirst"]))
  })

  test("is finished by core where it leaves something", async () => {
    const { people, calls } = await opened(
      ({ filter }) => ({ filter, limit: 1 }),
      async () => ada,
    )
    expect(await people.findOne({ name: "Bob" })).toBeNull()
    expect(calls).toEqual(["runFind"])
  })

  test("is null where there is none", async () => {
    const { people } = await opened(
      () => ({}),
      async () => undefined,
    )
    expect(await people.findOne({})).toBeNull()
  })

  test("is the error of the signal that ended the wait, or of a store that was closed meanwhile", async () => {
    const abort = new AbortController()
    const aborted = await opened(
      () => ({}),
      async () => {
        abort.abort()
        throw new Error("cut")
      },
    )
    await expect(aborted.people.findOne({}, { signal: abort.signal })).rejects.toMatchObject({
      code: "aborted",
    })
    const closed = await opened(
      () => ({}),
      async () => {
        await closed.store.close()
        return ada
      },
    )
    await expect(closed.people.findOne({})).rejects.toMatchObject({ code: "closed" })
  })
})
