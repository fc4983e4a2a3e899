import { afterAll, beforeAll, describe, expect, inject, test } from "vitest"
import { type Reply, type RunningBlog, startBlog } from "./start-blog.ts"

const driver = process.env["LEX_NOSQL__DRIVER"]

describe.skipIf(inject("databaseEnvironment") === undefined)(`the blog on ${driver}`, () => {
  let blog: RunningBlog
  let ada: string
  let bob: string

  beforeAll(async () => {
    blog = await startBlog()
    ada = idOf(await blog.call("POST", "/users", { name: "Ada", email: "ada@example.com" }))
    bob = idOf(await blog.call("POST", "/users", { name: "Bob", email: "bob@example.com" }))
  })
  afterAll(async () => {
    await blog?.stop()
  })

  const write = async (post: object = {}): Promise<Reply> => {
    return blog.call("POST", "/posts", { title: "Title", body: "Body", authorId: ada, ...post })
  }
  const publish = async (post: object): Promise<string> => {
    const id = idOf(await write(post))
    expect((await blog.call("POST", `/posts/${id}/publish`)).status).toBe(200)
    return id
  }
  const titles = async (query: string) => {
    const { items } = (await blog.call("GET", `/posts?${query}`)).body
    return (items as { title: string }[]).map(({ title }) => title)
  }

  test("both stores are of the driver that the environment names, and are ready", async () => {
    expect(blog.stores.map(({ backend }) => backend)).toEqual([driver, driver])
    expect(blog.stores[0]).not.toBe(blog.stores[1])
    expect(await blog.call("GET", "/health")).toMatchObject({
      status: 200,
      body: { ready: true, stores: { main: { status: "up" }, analytics: { status: "up" } } },
    })
  })

  test("users are found by their id and address, and no address is taken twice", async () => {
    const user = { _id: ada, name: "Ada", email: "ada@example.com" }
    expect(await blog.call("GET", `/users/${ada}`)).toMatchObject({ status: 200, body: user })
    expect(await blog.call("GET", "/users?email=ada@example.com")).toMatchObject({ body: [user] })
    expect(await blog.call("GET", "/users?email=nobody@example.com")).toMatchObject({ body: [] })
    expect((await blog.call("GET", "/users/65f0a1b2c3d4e5f6a7b8c9d0")).status).toBe(404)
    expect(await blog.call("POST", "/users", { name: "Eve", email: "ada@example.com" })).toMatchObject({
      status: 409,
      body: { error: "already-exists" },
    })
    expect((await blog.call("PATCH", `/users/${bob}`, { email: "ada@example.com" })).status).toBe(409)
    expect((await blog.call("PATCH", `/users/${bob}`, { name: "Bobby" })).body).toMatchObject({
      name: "Bobby",
    })
    expect((await blog.call("PATCH", "/users/nobody", { name: "Eve" })).status).toBe(404)
  })

  test("wrong input is refused with its paths, and is never a filter", async () => {
    expect(await blog.call("POST", "/users", { name: "", email: "x", admin: true })).toMatchObject({
      status: 400,
      body: { error: "invalid", paths: ["name", "email", ""] },
    })
    expect((await blog.call("POST", "/users", "{")).status).toBe(400)
    expect((await write({ authorId: { $ne: null } })).status).toBe(400)
    expect((await write({ authorId: "nobody" })).status).toBe(422)
    expect((await write({ version: 7 })).status).toBe(400)
    expect((await blog.call("PATCH", `/users/${bob}`, {})).status).toBe(400)
  })

  test("drafts are not listed; what is published is, by tag and author, with the author's name", async () => {
    const draft = await write({ title: "Draft", tags: ["drafts"] })
    expect(draft).toMatchObject({ status: 201, etag: '"1"', body: { status: "draft", version: 1 } })
    await publish({ title: "One", tags: ["shared", "a"] })
    await publish({ title: "Two", tags: ["shared"], authorId: bob })
    expect(await titles("tag=drafts")).toEqual([])
    expect(await titles("tag=shared")).toEqual(["Two", "One"])
    expect(await titles(`tag=shared&author=${ada}`)).toEqual(["One"])
    expect(await titles("tag=nothing")).toEqual([])
    const { items } = (await blog.call("GET", `/posts?author=${bob}`)).body
    expect(items).toMatchObject([{ title: "Two", author: "Bobby", authorId: bob }])
  })

  test("pages follow each other to the end, newest first, and a cursor fits its own list only", async () => {
    const names = Array.from({ length: 7 }, (_, n) => `page ${n}`)
    for (const title of names) await publish({ title, tags: ["paged"] })
    const seen: string[] = []
    let after = ""
    do {
      const { body } = await blog.call("GET", `/posts?tag=paged&size=3${after}`)
      seen.push(...(body["items"] as { title: string }[]).map(({ title }) => title))
      after = body["next"] === undefined ? "" : `&after=${encodeURIComponent(String(body["next"]))}`
      if (after !== "" && seen.length === 3)
        expect((await blog.call("GET", `/posts?tag=shared&size=3${after}`)).status).toBe(400)
    } while (after !== "")
    expect(seen).toEqual(names.toReversed())
    expect((await blog.call("GET", "/posts?size=0")).status).toBe(400)
    expect((await blog.call("GET", "/posts?after=rubbish")).status).toBe(400)
  })

  test("an edit needs the version that was read, and a stale one changes nothing", async () => {
    const id = idOf(await write())
    const edit = (title: string, version: number | undefined) => {
      const headers = version === undefined ? {} : { "If-Match": `"${version}"` }
      return blog.call("PUT", `/posts/${id}`, { title, body: "New" }, headers as Record<string, string>)
    }
    expect((await edit("unread", undefined)).status).toBe(428)
    expect(await edit("first", 1)).toMatchObject({
      status: 200,
      etag: '"2"',
      body: { title: "first", tags: [] },
    })
    expect(await edit("stale", 1)).toMatchObject({
      status: 409,
      body: { error: "conflict", expected: 1, actual: 2 },
    })
    const replies = await Promise.all(Array.from({ length: 10 }, (_, n) => edit(`race ${n}`, 2)))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)])
    const won = replies.find(({ status }) => status === 200)?.body["title"]
    expect((await blog.call("GET", `/posts/${id}`)).body).toMatchObject({ title: won, version: 3 })
  })

  test("a deleted post is gone from every list, and comes back whole", async () => {
    const id = await publish({ title: "Gone", tags: ["gone"] })
    const { body } = await blog.call("GET", `/posts/${id}`)
    expect((await blog.call("DELETE", `/posts/${id}`, undefined, { "If-Match": '"1"' })).status).toBe(409)
    expect((await blog.call("DELETE", `/posts/${id}`)).status).toBe(204)
    expect((await blog.call("DELETE", `/posts/${id}`)).status).toBe(404)
    expect((await blog.call("GET", `/posts/${id}`)).status).toBe(404)
    expect((await blog.call("POST", `/posts/${id}/publish`)).status).toBe(404)
    expect(await titles("tag=gone")).toEqual([])
    expect((await blog.call("GET", "/posts/deleted")).body).toMatchObject([
      { _id: id, _deletedAt: expect.any(String) },
    ])
    expect((await blog.call("POST", `/posts/${id}/restore`)).status).toBe(204)
    expect((await blog.call("POST", `/posts/${id}/restore`)).status).toBe(404)
    const { version: _, updatedAt: __, ...rest } = body
    expect((await blog.call("GET", `/posts/${id}`)).body).toMatchObject(rest)
    expect(await titles("tag=gone")).toEqual(["Gone"])
  })

  test("views are counted in the other store", async () => {
    const id = await publish({ title: "Seen" })
    for (let n = 0; n < 3; n++) await blog.call("GET", `/posts/${id}`)
    expect((await blog.call("GET", `/posts/${id}/views`)).body).toEqual({ views: 3 })
    const [main, analytics] = await Promise.all(blog.stores.map((store) => store.listCollections()))
    expect([main, analytics]).toEqual([["posts", "users"], ["events"]])
  })
})

function idOf({ status, body }: Reply): string {
  expect(status, JSON.stringify(body)).toBe(201)
  return String(body["_id"])
}
