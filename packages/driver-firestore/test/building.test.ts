import type { Firestore } from "@google-cloud/firestore"
import { connect, type DocumentStore, defineCollection } from "@nosql/core"
import { firestore } from "@nosql/driver-firestore"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { emulatorClient } from "./emulator-client.ts"
import { watchedClient } from "./watched-client.ts"

const emulatorHost = inject("firestoreHost")
const projectId = `demo-building-${process.pid}`

interface Account {
  readonly email: string
}

const email = { keys: { email: 1 }, unique: true } as const
const described = { name: "email_1", keys: { email: 1 }, unique: true }

describe.skipIf(emulatorHost === "")("a unique index over documents that are there", () => {
  let raw: Firestore
  let store: DocumentStore
  const warnings: string[] = []

  beforeAll(async () => {
    raw = emulatorClient(projectId, emulatorHost)
    store = await connect(firestore({ client: raw }), {
      scans: "allow",
      logger: { warn: (_fields: object, message: string) => warnings.push(message) },
    })
  })
  afterAll(async () => {
    await store?.close()
    await raw?.terminate()
  })

  const fill = (name: string, emails: readonly string[]) =>
    store.collection<Account>(name).insertMany(emails.map((value, i) => ({ _id: `d${i}`, email: value })))

  /** As a process leaves it that ends on the way. */
  const leave = (name: string) =>
    raw.doc(`nosql__indexes/${name}`).set({
      indexes: [{ name: "email_1", keys: [{ path: ["email"], direction: 1 }], unique: true, building: true }],
    })

  test("one that was stopped is building; making it again goes on with it", async () => {
    const watched = watchedClient(projectId, emulatorHost)
    const first = await connect(firestore({ client: watched.client }), { scans: "allow" })
    const emails = Array.from({ length: 2000 }, (_, i) => `e${i}`)
    const documents = emails.map((value, i) => ({ _id: `d${String(i).padStart(4, "0")}`, email: value }))
    await first.collection<Account>("stopped").insertMany(documents)
    watched.requests.length = 0
    const making = expect(first.collection("stopped").createIndex(email)).rejects.toMatchObject({
      code: "closed",
    })
    while (!watched.requests.includes("runQuery")) await new Promise((resolve) => setTimeout(resolve, 1))
    await first.close()
    await making
    await watched.client.terminate()

    const accounts = store.collection<Account>("stopped")
    expect(await accounts.listIndexes()).toEqual([{ ...described, building: true }])
    await accounts.createIndex(email)
    expect(await accounts.listIndexes()).toEqual([described])
    for (const value of ["e0", "e1999"])
      await expect(accounts.insertOne({ email: value })).rejects.toMatchObject({ code: "already-exists" })
  })

  test("the first use of a declared collection goes on with it", async () => {
    await fill("declared", ["a", "b"])
    await leave("declared")
    const Declared = defineCollection<Account>("declared", { indexes: [email] })
    const other = await connect(firestore({ client: raw }))
    await expect(other.collection(Declared).insertOne({ email: "b" })).rejects.toMatchObject({
      code: "already-exists",
      details: { index: "email_1" },
    })
    expect(await other.collection(Declared).ensureIndexes()).toMatchObject({
      existing: ["email_1"],
      differing: [],
    })
    expect(await other.collection(Declared).listIndexes()).toEqual([described])
  })

  test("where documents share a value, it is taken back", async () => {
    await fill("shared", ["a", "b", "a"])
    await leave("shared")
    const accounts = store.collection<Account>("shared")
    await expect(accounts.createIndex(email)).rejects.toMatchObject({ code: "already-exists" })
    expect(await accounts.listIndexes()).toEqual([])
    expect((await raw.collection("shared__nosql_unique").get()).docs).toEqual([])
  })

  test.each(["commit", "batchGetDocuments"])(
    "documents that others write before its %s have their newest values",
    async (method) => {
      const name = `moved-${method}`
      await fill(name, ["a", "b", "c", "d"])
      await leave(name)
      const writer = (await connect(firestore({ client: raw }), { scans: "allow" })).collection<Account>(name)
      const set = (_id: string, value: string) => writer.updateOne({ _id }, { $set: { email: value } })
      // Its own document has reserved it: the page's commit fails.
      await set("d3", "x")
      await set("d3", "d")
      const builder = emulatorClient(projectId, emulatorHost)
      onceBefore(builder, method, async () => {
        await set("d0", "z")
        await set("d1", "a")
        await set("d2", "y")
        await set("d2", "c")
      })
      const built = await connect(firestore({ client: builder }), { scans: "allow" })
      await built.collection<Account>(name).createIndex(email)
      const held = (await raw.collection(`${name}__nosql_unique`).get()).docs.map((held) => held.get("owner"))
      expect(held.sort()).toEqual(["d0", "d1", "d2", "d3"])
      for (const value of ["a", "c", "d", "z"])
        await expect(writer.insertOne({ email: value })).rejects.toMatchObject({ code: "already-exists" })
      await writer.insertOne({ email: "b" })
      await built.close()
      await builder.terminate()
    },
  )
})

type Request = (method: string, message: unknown, ...rest: unknown[]) => Promise<unknown>

/** Runs something before the first request of this method that is for the documents of unique values. */
function onceBefore(client: Firestore, method: string, run: () => Promise<void>): void {
  const own = client as unknown as { request: Request; requestStream: Request }
  let done = false
  for (const way of ["request", "requestStream"] as const) {
    const send = own[way].bind(client)
    own[way] = async (called, ...rest) => {
      if (!done && called === method && JSON.stringify(rest).includes("__nosql_unique")) {
        done = true
        await run()
      }
      return send(called, ...rest)
    }
  }
}
