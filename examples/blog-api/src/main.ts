import { serve } from "@hono/node-server"
import { createApp } from "./app.ts"
import { blog } from "./blog.ts"

const application = await blog.boot()
const server = serve(
  { fetch: createApp(application).fetch, port: Number(process.env["PORT"] ?? 3000) },
  ({ port }) => {
    console.log(`the blog is at http://localhost:${port}`)
  },
)

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => server.close(() => application.close()))
}
