import { NoSQLError } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { scriptedDriver } from "../../test/scripted-driver.ts"
import type { DriverStore } from "../driver.ts"
import { connect } from "../store/connect.ts"

const refused = new NoSQLError("invalid-argument", "find: there is no such index", {})
const ada = { _id: "a", n: 1 }

/** A store whose first plan goes by an index that is gone, until it has learnt of it. `after`: what its run gives before it fails. */
async function opened({ after = [], learns = true, asked = true, again = false } = {}) {
  const calls: string[] = []
  let known = false
  const plan = () => ({
    native: known ? "scan" : "index",
    access: known ? ("scan" as const) : ("index" as const),
    reasons: [],
    remaining: {},
  })
  const store: Partial<DriverStore> = {
    planFind: plan,
    planCount: plan,
    planWrite: () => undefined,
    async *runFind(_, { native }) {
      calls.push(`find by ${String(native)}`)
      if (native === "index" || again) {
        yield { documents: after, revisions: after.map(() => 0) }
        throw refused
      }
      yield { documents: [ada], revisions: [0] }
    },
    async runCount(_, { native }) {
      calls.push(`count by ${String(native)}`)
      if (native === "index" || again) throw refused
      return 1
    },
    replaceIf: async () => true,
    ...(asked
      ? {
          isOutdated: async (_, { access }, error) => {
            calls.push(`outdated: ${access}`)
            known = learns
            return error === refused && learns
          },
        }
      : {}),
  }
  const opened = await connect(scriptedDriver(store), { scans: "allow" })
  return { people: opened.collection<typeof ada>("people"), calls }
}

describe("a plan that went by what is no longer so", () => {
  test.each<
    [string, string, (people: Awaited<ReturnType<typeof opened>>["people"]) => Promise<unknown>, unknown]
  >([
    ["find", "find", (people) => people.find({ n: 1 }).toArray(), [ada]],
    ["findOne", "find", (people) => people.findOne({ n: 1 }), ada],
    ["count", "count", (people) => people.count({ n: 1 }), 1],
    [
      "updateOne",
      "find",
      (people) => people.updateOne({ n: 1 }, { $inc: { n: 1 } }),
      { matched: 1, modified: 1 },
    ],
    [
      "updateMany",
      "find",
      (people) => people.updateMany({ n: 1 }, { $inc: { n: 1 } }),
      { matched: 1, modified: 1 },
    ],
  ])("is made once more where the store has learnt better: %s", async (_, run, operation, expected) => {
    const { people, calls } = await opened()
    expect(await operation(people)).toMatchObject(expected as object)
    expect(calls).toEqual([`${run} by index`, "outdated: index", `${run} by scan`])
  })

  test("is made twice at most", async () => {
    const { people, calls } = await opened({ again: true })
    await expect(people.find({ n: 1 }).toArray()).rejects.toBe(refused)
    await expect(people.count({ n: 1 })).rejects.toBe(refused)
    expect(calls).toEqual([
      "find by index",
      "outdated: index",
      "find by scan",
      "count by scan",
      "outdated: scan",
      "count by scan",
    ])
  })

  test("is not made again where something was given, or the store has not learnt anything", async () => {
    const given = await opened({ after: [ada] as never })
    await expect(given.people.find({ n: 1 }).toArray()).rejects.toBe(refused)
    expect(given.calls).toEqual(["find by index"])
    const same = await opened({ learns: false })
    await expect(same.people.find({ n: 1 }).toArray()).rejects.toBe(refused)
    expect(same.calls).toEqual(["find by index", "outdated: index"])
    const without = await opened({ asked: false })
    await expect(without.people.find({ n: 1 }).toArray()).rejects.toBe(refused)
    await expect(without.people.count({ n: 1 })).rejects.toBe(refused)
  })
})
