import { describe, expect, test } from "vitest"
import { scriptedDriver } from "../../test/scripted-driver.ts"
import { operations } from "../driver/operations.ts"
import { connect } from "../store/connect.ts"

const unreachable = () => Promise.reject(new Error("sent"))

async function opened() {
  return connect(
    scriptedDriver({
      readOnly: (name) => (name === "things" ? '"things" can only be read' : undefined),
      runInsert: unreachable,
      createIndexes: unreachable,
      dropIndex: unreachable,
      createCollection: unreachable,
      dropCollection: unreachable,
      listIndexes: async () => [],
    }),
  )
}

describe("a collection that can only be read", () => {
  const document = { _id: "a" }
  const filter = { _id: "a" }
  const update = { $set: { n: 1 } }
  const calls: Readonly<Record<string, readonly unknown[]>> = {
    insertOne: [document],
    insertMany: [[document]],
    updateOne: [filter, update],
    updateMany: [filter, update],
    replaceOne: [filter, { n: 1 }],
    deleteOne: [filter],
    deleteMany: [filter],
    findOneAndUpdate: [filter, update],
    findOneAndReplace: [filter, { n: 1 }],
    findOneAndDelete: [filter],
    bulkWrite: [[{ insertOne: { document } }]],
    createIndex: [{ keys: { n: 1 } }],
    dropIndex: ["n_1"],
    createCollection: [],
  }
  const refused = {
    code: "unsupported",
    collection: "things",
    message: expect.stringContaining("only be read"),
  }

  test.each(Object.entries(calls))("%s is refused before anything is sent", async (name, given) => {
    const things = (await opened()).collection("things") as unknown as Record<
      string,
      (...args: readonly unknown[]) => Promise<unknown>
    >
    await expect(things[name]?.(...given)).rejects.toMatchObject({ ...refused, operation: name })
  })

  test("dropCollection, and indexes that would be made", async () => {
    const store = await opened()
    await expect(store.dropCollection("things")).rejects.toMatchObject(refused)
    const declared = store.collection({
      name: "things",
      fields: {},
      indexes: [{ keys: { n: 1 } }],
      ids: "auto",
      validateUpdates: false,
    })
    await expect(declared.ensureIndexes()).rejects.toMatchObject(refused)
  })

  test("every operation that changes something is among these", () => {
    const changing = Object.entries(operations).flatMap(([name, changes]) =>
      changes === "nothing" || name === "dropCollection" ? [] : [name],
    )
    expect(Object.keys(calls)).toEqual(expect.arrayContaining(changing))
  })
})
