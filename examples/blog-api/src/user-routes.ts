import { Hono } from "hono"
import { z } from "zod"
import type { UserRepository } from "./users.ts"

const newUser = z.strictObject({ name: z.string().min(1), email: z.email() })

export function userRoutes(users: UserRepository): Hono {
  const routes = new Hono()

  routes.post("/", async (c) => c.json(await users.insert(newUser.parse(await c.req.json())), 201))
  routes.get("/:id", async (c) => c.json(await users.getOrThrow(c.req.param("id"))))
  routes.get("/", async (c) => {
    const email = c.req.query("email") ?? ""
    return c.json(await users.findBy({ email }))
  })
  routes.patch("/:id", async (c) => {
    const changed = await users.update(c.req.param("id"), newUser.partial().parse(await c.req.json()))
    return changed === null ? c.notFound() : c.json(changed)
  })

  return routes
}
