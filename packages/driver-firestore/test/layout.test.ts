import type { Firestore } from "@google-cloud/firestore"
import { connect, type DocumentStore, defineCollection, NoSQLError } from "@nosql/core"
import { firestore } from "@nosql/driver-firestore"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { emulatorClient } from "./emulator-client.ts"
import { type WatchedClient, watchedClient } from "./watched-client.ts"

const emulatorHost = inject("firestoreHost")
const projectId = `demo-layout-${process.pid}`

interface Comment {
  readonly author: string
  readonly n: number
  readonly tags?: readonly string[]
}

const collections = {
  items: { path: "users/ada/items" },
  foreign: { path: "Ünlü.1" },
  comments: { group: "comments" },
} as const
const AllComments = defineCollection<Comment>("comments", {
  fields: { author: "string", n: "number", tags: "array?" },
  indexes: [
    { keys: { author: 1 } },
    { keys: { author: 1, n: -1 } },
    { keys: { tags: 1 } },
    { keys: { n: 1 } },
  ],
})
const email = { keys: { email: 1 }, unique: true } as const

describe.skipIf(emulatorHost === "")("where collections lie", () => {
  let raw: Firestore
  let watched: WatchedClient
  let store: DocumentStore
  let tenant: DocumentStore

  beforeAll(async () => {
    raw = emulatorClient(projectId, emulatorHost)
    watched = watchedClient(projectId, emulatorHost)
    store = await connect(firestore({ client: watched.client, collections }))
    tenant = await connect(firestore({ client: raw, pathPrefix: "tenants/acme", collections }), {
      scans: "allow",
    })
    const batch = raw.batch()
    for (const [path, n] of [
      ["posts/p1/comments/c1", 1],
      ["posts/p1/comments/c2", 2],
      ["posts/p1-b/comments/c1", 3],
      ["comments/top", 4],
      ["tenants/acme/posts/p1/comments/c1", 5],
      ["tenants/acme/posts/p2/comments/c9", 6],
      ["tenants/acme2/posts/p1/comments/c1", 7],
    ] as const)
      batch.create(raw.doc(path), { author: n % 2 === 0 ? "ada" : "bob", n, tags: [`t${n % 3}`] })
    await batch.commit()
  })
  afterAll(async () => {
    await store?.close()
    await tenant?.close()
    await watched?.client.terminate()
    await raw?.terminate()
  })

  test("a collection in a document is one as any other", async () => {
    const Items = defineCollection<{ email: string; n?: number }>("items", { indexes: [email] })
    const items = store.collection(Items)
    await items.insertMany([
      { _id: "a", email: "a@x" },
      { _id: "b", email: "b@x" },
    ])
    await items.updateOne({ _id: "a" }, { $set: { n: 1 } })
    expect((await raw.doc("users/ada/items/a").get()).data()).toEqual({ email: "a@x", n: 1 })
    expect((await items.page({}, { size: 1 })).items).toEqual([{ _id: "a", email: "a@x", n: 1 }])
    expect(await store.listCollections()).toContain("items")
    // By its path it is the same one, for every writer of unique values, too.
    const same = store.collection<{ email: string }>("users/ada/items")
    expect(await same.count({})).toBe(2)
    await expect(same.insertOne({ email: "b@x" })).rejects.toMatchObject({ code: "already-exists" })
    const ada = await connect(firestore({ client: raw, pathPrefix: "users/ada" }))
    await expect(
      ada.collection<{ email: string }>("items").insertOne({ email: "b@x" }),
    ).rejects.toMatchObject({
      code: "already-exists",
    })
    expect(await ada.listCollections()).toEqual(["items"])
    await ada.close()
    expect(await store.dropCollection("users/ada/items")).toBe(true)
    expect(await raw.doc("users/ada").listCollections()).toEqual([])
    expect(await store.listCollections()).not.toContain("items")
  })

  test("one that was made without documents is listed", async () => {
    await store.collection(defineCollection("items")).createCollection()
    expect(await store.listCollections()).toContain("items")
    await store.dropCollection("items")
  })

  test("a name that is no portable one is reached by its path", async () => {
    await store.collection<{ n: number }>("foreign").insertOne({ _id: "a", n: 1 })
    expect((await raw.collection("Ünlü.1").doc("a").get()).data()).toEqual({ n: 1 })
  })

  test("a path has its collections and ids, each as Firestore takes it", () => {
    for (const name of ["users/ada", "users//items", "users/../items", "users/__a__/items"]) {
      expect(() => store.collection(name)).toThrow(expect.objectContaining({ code: "invalid-argument" }))
    }
    expect(store.collection(defineCollection("users/ada/items")).name).toBe("users/ada/items")
  })

  test("a group is all collections of its name, its ids their paths", async () => {
    const comments = store.collection(AllComments)
    const all = await comments.find({}, { sort: { n: 1 } }).toArray()
    expect(all.map(({ _id }) => _id)).toEqual([
      "posts/p1/comments/c1",
      "posts/p1/comments/c2",
      "posts/p1-b/comments/c1",
      "comments/top",
      "tenants/acme/posts/p1/comments/c1",
      "tenants/acme/posts/p2/comments/c9",
      "tenants/acme2/posts/p1/comments/c1",
    ])
    expect(await comments.get("posts/p1/comments/c2")).toMatchObject({ n: 2 })
    for (const id of ["posts/p1", "c1"])
      await expect(comments.get(id)).rejects.toMatchObject({ code: "invalid-argument", path: "_id" })
    expect(await comments.findOne({ _id: "posts/p1" })).toBeNull()
    expect(await comments.getMany(["comments/top", "a/b/comments/c"])).toMatchObject([{ n: 4 }, null])
    expect(await comments.count({ author: "ada" })).toBe(3)
    expect(await comments.distinct("author", {})).toEqual(["ada", "bob"])
    expect(await comments.find({ tags: { $contains: "t1" } }).toArray()).toHaveLength(3)
  })

  test("below a prefix it is what lies there, and ids begin there", async () => {
    const comments = tenant.collection<Comment>("comments")
    const found = await comments.find({}, { sort: { _id: 1 } }).toArray()
    expect(found.map(({ _id }) => _id)).toEqual(["posts/p1/comments/c1", "posts/p2/comments/c9"])
    expect(await comments.get("posts/p2/comments/c9")).toMatchObject({ n: 6 })
    expect(await comments.count({ n: { $gt: 0 } })).toBe(2)
    expect(await comments.find({ author: "bob" }).toArray()).toHaveLength(1)
    expect((await comments.find({}, { sort: { n: -1 }, limit: 1 }).toArray()).map(({ n }) => n)).toEqual([6])
    const first = await comments.page({}, { size: 1 })
    expect(first.items).toMatchObject([{ n: 5 }])
    const second = await comments.page({}, { size: 1, after: first.next as string })
    expect(second.items).toMatchObject([{ n: 6 }])
  })

  test("pages go along the names, part by part, and by a sort, over several queries too", async () => {
    const comments = store.collection(AllComments)
    for (const [filter, sort] of [
      [{}, undefined],
      [{}, { n: -1 }],
      [{ author: { $in: ["ada", "bob", ...Array.from({ length: 40 }, (_, i) => `x${i}`)] } }, { n: -1 }],
    ] as const) {
      const ids: string[] = []
      let after: string | undefined
      do {
        const options = { size: 2, ...(sort === undefined ? {} : { sort }), ...(after ? { after } : {}) }
        const page = await comments.page(filter, options)
        ids.push(...page.items.map(({ _id }) => _id))
        after = page.next ?? undefined
      } while (after !== undefined)
      expect(ids).toHaveLength(7)
      expect(new Set(ids).size).toBe(7)
    }
    const byName = await comments.find({}, { sort: { _id: 1 } }).toArray()
    expect(byName.map(({ n }) => n)).toEqual([4, 1, 2, 3, 5, 6, 7])
  })

  test("explain() names the index of the group that a query lacks", async () => {
    const { reasons } = await store
      .collection(AllComments)
      .explain({ tags: { $contains: "t1" }, n: { $gt: 1 } })
    expect(reasons.join()).toContain('declare { keys: { "tags": 1, "n": 1 } }')
    const named = await tenant.collection<Comment>("comments").explain({ author: "ada" })
    expect(named.reasons.join()).toContain('the collection group index { keys: { "author": 1 } }')
  })

  test("nothing is written to a group: each write says what to do, and sends nothing", async () => {
    const comments = store.collection(AllComments)
    const one = { author: "ada", n: 1 }
    watched.requests.length = 0
    for (const write of [
      () => comments.insertOne(one),
      () => comments.insertOne({ _id: "posts/p1/comments/c3", ...one }),
      () => comments.insertMany([one, one]),
      () => comments.updateOne({ _id: "comments/top" }, { $set: { n: 1 } }),
      () => comments.updateMany({}, { $inc: { n: 1 } }),
      () => comments.replaceOne({ _id: "comments/top" }, one, { upsert: true }),
      () => comments.deleteOne({ _id: "comments/top" }),
      () => comments.deleteMany({ $or: [] }),
      () => comments.findOneAndUpdate({ n: 1 }, { $set: { n: 2 } }),
      () => comments.findOneAndDelete({ n: 1 }),
      () => comments.bulkWrite([{ insertOne: { document: one } }]),
      () => comments.createCollection(),
      () => comments.createIndex({ keys: { author: -1 } }),
      () => comments.dropIndex("author_1"),
      () => store.dropCollection("comments"),
    ]) {
      const error = await failureOf(write())
      expect(error).toMatchObject({ code: "unsupported", backend: "firestore", collection: "comments" })
      expect(error.message).toContain('by its path such as "parents/id/comments"')
    }
    expect(watched.requests).toEqual([])
    expect(await comments.listIndexes()).toHaveLength(4)
  })
})

async function failureOf(work: Promise<unknown>): Promise<NoSQLError> {
  try {
    await work
  } catch (error) {
    if (NoSQLError.isInstance(error)) return error
    throw error
  }
  throw new Error("nothing failed")
}
