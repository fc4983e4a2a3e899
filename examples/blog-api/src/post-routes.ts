import { type Specification, spec, type WithId } from "@nosql/core"
import { type Context, Hono } from "hono"
import { z } from "zod"
import type { EventRepository } from "./events.ts"
import { type Post, type PostRepository, Published, WrittenBy } from "./posts.ts"
import type { UserRepository } from "./users.ts"

const content = z.strictObject({
  title: z.string().min(1),
  body: z.string(),
  tags: z.array(z.string()).default([]),
})
const newPost = content.extend({ authorId: z.string().min(1) })
const window = z.object({
  size: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().optional(),
})

interface Repositories {
  readonly posts: PostRepository
  readonly users: UserRepository
  readonly events: EventRepository
}

export function postRoutes({ posts, users, events }: Repositories): Hono {
  const routes = new Hono()

  routes.post("/", async (c) => {
    const post = newPost.parse(await c.req.json())
    if (!(await users.exists(post.authorId))) return c.json({ error: "no such author" }, 422)
    return tagged(c, await posts.insert({ ...post, status: "draft" }), 201)
  })

  routes.get("/", async (c) => {
    const { size, after } = window.parse(c.req.query())
    const wanted = asked(c.req.query("tag"), c.req.query("author"))
    const page = await posts.page(wanted, {
      sort: { createdAt: -1 },
      size,
      ...(after === undefined ? {} : { after }),
    })
    return c.json({ ...page, items: await withAuthors(users, page.items) })
  })

  // Few posts are deleted, and an editor may wait: this is the one query that has no index.
  routes.get("/deleted", async (c) => {
    return c.json(await posts.onlyDeleted().list({ scans: "allow" }))
  })

  routes.get("/:id", async (c) => {
    const post = await posts.getOrThrow(c.req.param("id"))
    await events.record("viewed", post._id)
    return tagged(c, post)
  })

  routes.put("/:id", async (c) => {
    const version = expectedVersion(c)
    if (version === undefined) return c.json({ error: "If-Match names the version that was read" }, 428)
    const [post, changes] = [await posts.getOrThrow(c.req.param("id")), content.parse(await c.req.json())]
    return tagged(c, await posts.save({ ...post, ...changes, version }))
  })

  routes.post("/:id/publish", async (c) => {
    const post = await posts.update(c.req.param("id"), { status: "published" })
    if (post === null) return c.notFound()
    await events.record("published", post._id)
    return tagged(c, post)
  })

  routes.delete("/:id", async (c) => {
    const version = expectedVersion(c)
    const deleted = await posts.delete(c.req.param("id"), version === undefined ? {} : { version })
    return deleted ? c.body(null, 204) : c.notFound()
  })

  routes.post("/:id/restore", async (c) => {
    return (await posts.restore(c.req.param("id"))) ? c.body(null, 204) : c.notFound()
  })

  routes.get("/:id/views", async (c) => c.json({ views: await events.countOf(c.req.param("id"), "viewed") }))

  return routes
}

/** What readers may see, narrowed by what they ask for. */
function asked(tag: string | undefined, author: string | undefined): Specification<Post> {
  const post = spec<Post>()
  const wanted = [
    ...(tag === undefined ? [] : [post.contains("tags", tag)]),
    ...(author === undefined ? [] : [new WrittenBy(author)]),
  ]
  return new Published().and(...wanted)
}

/** One request for all authors of a page. */
async function withAuthors(users: UserRepository, posts: readonly WithId<Post>[]) {
  const ids = [...new Set(posts.map(({ authorId }) => authorId))]
  const found = await users.getMany(ids)
  const names = new Map(ids.map((id, i) => [id, found[i]?.name]))
  return posts.map((post) => ({ ...post, author: names.get(post.authorId) }))
}

/** The version travels as the entity tag, so that a client sends back what it has read. */
function tagged(c: Context, post: WithId<Post>, status: 200 | 201 = 200): Response {
  return c.json(post, status, { ETag: `"${post.version}"` })
}

function expectedVersion(c: Context): number | undefined {
  const match = /^"(\d+)"$/.exec(c.req.header("If-Match") ?? "")
  return match === null ? undefined : Number(match[1])
}
