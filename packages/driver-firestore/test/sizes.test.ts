import { connect, type Document, type DocumentStore } from "@nosql/core"
import { firestore } from "@nosql/driver-firestore"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { type WatchedClient, watchedClient } from "./watched-client.ts"

const emulatorHost = inject("firestoreHost")
const long = "x".repeat(1501)

describe.skipIf(emulatorHost === "")("sizes on the emulator", () => {
  let watched: WatchedClient
  let store: DocumentStore

  beforeAll(async () => {
    watched = watchedClient(`demo-sizes-${process.pid}`, emulatorHost)
    store = await connect(firestore({ client: watched.client }), { scans: "allow" })
    await store.collection("things").insertOne({ _id: "a", n: 1 })
  })
  afterAll(async () => {
    await store?.close()
    await watched?.client.terminate()
  })

  test.each([
    [5, 900_000],
    [500, 10_000],
  ])(
    "%i documents of %i bytes: what the server does not take in one request goes in several",
    async (n, size) => {
      const large = store.collection<{ text: string }>(`large-${size}`)
      await large.count({ text: "" })
      watched.requests.length = 0
      await large.insertMany(Array.from({ length: n }, () => ({ text: "x".repeat(size) })))
      expect(watched.requests).toEqual(["commit", "commit", "commit"])
      expect(await large.count({})).toBe(n)
    },
  )

  test.each<[string, Document, RegExp]>([
    ["a value", { v: "x".repeat(1_100_000) }, /more than Firestore's 1048576/],
    [
      "several values together",
      { v: "x".repeat(600_000), w: "x".repeat(600_000) },
      /more than Firestore's 1048576/,
    ],
    ["a name", { [long]: 1 }, /at most 1500 bytes/],
    ["a name in a value", { v: { [long]: 1 } }, /at most 1500 bytes/],
    [
      "a path through an array",
      { v: [{ ["x".repeat(749)]: { ["x".repeat(749)]: 1 } }] },
      /at most 1500 bytes/,
    ],
    ["a path in a value", { v: { ["x".repeat(750)]: { ["x".repeat(750)]: 1 } } }, /at most 1500 bytes/],
  ])(
    "%s that is too long is refused with what it takes, by an insert and by a $set",
    async (_, fields, message) => {
      const things = store.collection("things")
      const refused = { code: "invalid-argument", message: expect.stringMatching(message) }
      await expect(things.insertOne({ _id: "b", ...fields })).rejects.toMatchObject(refused)
      await expect(things.updateOne({ _id: "a" }, { $set: fields })).rejects.toMatchObject(refused)
      await expect(things.get("a")).resolves.toEqual({ _id: "a", n: 1 })
    },
  )

  test("the longest path is taken", async () => {
    const things = store.collection<Document>("things")
    const inner = { ["x".repeat(749)]: 1 }
    await things.insertOne({ _id: "long", ["y".repeat(750)]: inner, list: [{ ["x".repeat(745)]: inner }] })
    await things.updateOne({ _id: "long" }, { $set: { ["z".repeat(750)]: inner } })
    expect((await things.get("long"))?.["z".repeat(750)]).toEqual(inner)
  })
})
