import { connect, type DocumentStore, defineCollection, repository, spec } from "@nosql/core"
import { mongodb } from "@nosql/driver-mongodb"
import { type CommandStartedEvent, MongoClient } from "mongodb"
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"

const uri = inject("mongodbUri")
const database = `repository-${process.pid}`

interface Post {
  title: string
  createdAt?: Date
  version?: number
}

describe.skipIf(uri === "")("what a repository asks of the server", () => {
  const commands: CommandStartedEvent[] = []
  let client: MongoClient
  let store: DocumentStore

  beforeAll(async () => {
    client = new MongoClient(uri, { monitorCommands: true })
    client.on("commandStarted", (event) => commands.push(event))
    await client.connect()
    store = await connect(mongodb({ client, database }))
  })
  afterAll(async () => {
    await client?.db(database).dropDatabase()
    await client?.close()
  })

  const sent = async (run: () => Promise<unknown>): Promise<CommandStartedEvent[]> => {
    commands.length = 0
    await run()
    return [...commands]
  }
  const names = async (run: () => Promise<unknown>) => (await sent(run)).map(({ commandName }) => commandName)

  test("a plain repository's saves, reads and deletions are one request each", async () => {
    const posts = new (repository(defineCollection<Post>("plain"), { softDelete: true }))(store)
    await posts.save({ title: "makes the collection" })
    expect(await names(() => posts.save({ title: "new" }))).toEqual(["insert"])
    expect(await names(() => posts.save({ _id: "a", title: "by id" }))).toEqual(["findAndModify"])
    expect(await names(() => posts.save({ _id: "a", title: "again" }))).toEqual(["findAndModify"])
    expect(await names(() => posts.saveMany(Array.from({ length: 1000 }, () => ({ title: "x" }))))).toEqual([
      "insert",
    ])
    expect(await names(() => posts.get("a"))).toEqual(["find"])
    expect(await names(() => posts.getMany(["a", "b", "c"]))).toEqual(["find"])
    expect(await names(() => posts.update("a", { title: "c" }))).toEqual(["findAndModify"])
    expect(await names(() => posts.delete("a"))).toEqual(["update"])
    expect(await names(() => posts.restore("a"))).toEqual(["update"])
    expect(await names(() => posts.deleteMany(["a", "b"]))).toEqual(["update"])
    expect(await names(() => posts.delete("b", { hard: true }))).toEqual(["delete"])
  })

  test("a read entity that is saved again needs one request, whatever is kept", async () => {
    const Posts = repository(defineCollection<Post>("kept"), { timestamps: true, optimisticLocking: true })
    const posts = new Posts(store)
    const post = await posts.save({ title: "new" })
    expect(await names(() => posts.save({ ...post, title: "changed" }))).toEqual(["findAndModify"])
  })

  test("W22: the tenant is in the filter of every request", async () => {
    const Posts = repository(defineCollection<Post>("tenants"), {
      multiTenant: true,
      softDelete: true,
      timestamps: true,
      optimisticLocking: true,
    })
    const posts = new Posts(store).forTenant("acme")
    const post = await posts.save({ title: "new" })
    const requests = await sent(async () => {
      await posts.get(post._id)
      await posts.getMany([post._id])
      await posts.list()
      await posts.findBySpec(spec.eq("title", "new"))
      await posts.page()
      await posts.stream().first()
      await posts.count()
      await posts.exists(post._id)
      await posts.save({ ...post, createdAt: new Date(0) })
      await posts.update(post._id, { title: "x" })
      await posts.delete(post._id)
      await posts.restore(post._id)
      await posts.deleteMany([post._id], { hard: true })
      await posts.backfill()
    })
    expect(requests.length).toBeGreaterThanOrEqual(15)
    for (const { commandName, command } of requests)
      expect(JSON.stringify(filterOf(command)), commandName).toMatch(/"tenantId":("acme"|\{"\$eq":"acme"\})/)
  })
})

function filterOf({ filter, query, pipeline, updates, deletes }: Record<string, unknown>): unknown {
  return filter ?? query ?? (pipeline as { $match: unknown }[])?.[0]?.$match ?? updates ?? deletes
}
