import type { Application } from "@nosql/di"
import { Hono } from "hono"
import { errorResponse } from "./error-response.ts"
import { EventRepository } from "./events.ts"
import { postRoutes } from "./post-routes.ts"
import { PostRepository } from "./posts.ts"
import { userRoutes } from "./user-routes.ts"
import { UserRepository } from "./users.ts"

/** The HTTP API over a booted application. */
export function createApp(application: Application): Hono {
  const users = application.resolve(UserRepository)
  const posts = application.resolve(PostRepository)
  const events = application.resolve(EventRepository)
  const app = new Hono()

  app.onError(errorResponse)
  app.route("/users", userRoutes(users))
  app.route("/posts", postRoutes({ posts, users, events }))
  app.get("/health", async (c) => {
    const { ready, stores } = await application.readiness()
    return c.json({ ready, stores }, ready ? 200 : 503)
  })

  return app
}
