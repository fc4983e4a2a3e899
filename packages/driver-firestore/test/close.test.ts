import { type Collection, connect, type Document, NoSQLError } from "@nosql/core"
import { firestore } from "@nosql/driver-firestore"
import { beforeAll, describe, expect, inject, test } from "vitest"
import { watchedClient } from "./watched-client.ts"

const emulatorHost = inject("firestoreHost")
const projectId = `demo-close-${process.pid}`
const many = 3000

type Call = (things: Collection<Document>) => Promise<unknown>

const calls: readonly (readonly [string, Call])[] = [
  ["find", (things) => things.find({}).toArray()],
  ["get", (things) => things.get("a")],
  ["count", (things) => things.count({ n: 1 })],
  ["insertOne", (things) => things.insertOne({ n: 1 })],
  ["insertMany", (things) => things.insertMany(Array.from({ length: 1200 }, () => ({ n: -1 })))],
  ["updateOne", (things) => things.updateOne({ n: 1 }, { $set: { k: 1 } }, { upsert: true })],
  ["updateMany", (things) => things.updateMany({ n: { $gte: 0 } }, { $mul: { n: 1 } })],
  ["createIndex", (things) => things.createIndex({ keys: { k: 1 }, unique: true })],
]

/** How a call ended: what the SDK throws where nobody can catch it fails the run. */
async function endOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return "done"
  } catch (error) {
    return NoSQLError.isInstance(error) ? error.code : String(error)
  }
}

describe.skipIf(emulatorHost === "")("close() while a call is under way", () => {
  const open = () => connect(firestore({ projectId, emulatorHost }), { scans: "allow" })

  beforeAll(async () => {
    const store = await open()
    await store.collection("many").insertMany(Array.from({ length: many }, (_, n) => ({ n })))
    await store.close()
  })

  test.each(calls)("%s, in the same tick: it is closed", async (_, call) => {
    const store = await open()
    await store.collection("known").count({ n: 1 })
    for (const name of ["known", "fresh"]) {
      const again = await open()
      const ended = endOf(call(again.collection(name)))
      await again.close()
      expect(await ended).toBe("closed")
    }
    await store.close()
  })

  test.each(calls)("%s, some time after it began: it ends well or is closed", async (_, call) => {
    for (const ms of [1, 4, 15, 40]) {
      const store = await open()
      const ended = endOf(call(store.collection("many")))
      await new Promise((resolve) => setTimeout(resolve, ms))
      await store.close()
      expect(["done", "closed"]).toContain(await ended)
    }
  })

  test("an updateMany that it stops says what was written", async () => {
    const watched = watchedClient(projectId, emulatorHost)
    const store = await connect(firestore({ client: watched.client }), { scans: "allow" })
    watched.requests.length = 0
    const running = store.collection("many").updateMany({}, { $set: { stopped: true } })
    const stopped = running.then(
      () => undefined,
      (error: unknown) => error as NoSQLError,
    )
    while (!watched.requests.includes("commit")) await new Promise((resolve) => setTimeout(resolve, 1))
    await store.close()
    const error = await stopped
    expect(error).toMatchObject({ code: "closed" })
    const done = error?.details["done"] as string[]
    expect(done.length).toBeGreaterThan(0)
    const found = await watched.client.collection("many").where("stopped", "==", true).get()
    expect(found.docs.map(({ id }) => id).sort()).toEqual([...done].sort())
    await watched.client.terminate()
  })

  test("a client of your own may be terminated as soon as the store is closed", async () => {
    const watched = watchedClient(projectId, emulatorHost)
    const store = await connect(firestore({ client: watched.client }), { scans: "allow" })
    const ended = endOf(store.collection("many").find({}).toArray())
    await new Promise((resolve) => setTimeout(resolve, 5))
    await store.close()
    await watched.client.terminate()
    expect(["done", "closed"]).toContain(await ended)
  })
})
