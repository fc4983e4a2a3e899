import type { AddressInfo } from "node:net"
import { serve } from "@hono/node-server"
import { type Application, DocumentStore } from "@nosql/di"
import { createApp } from "../src/app.ts"
import { blog } from "../src/blog.ts"

/** A reply of the API, read. */
export interface Reply {
  readonly status: number
  readonly etag: string | null
  readonly body: Record<string, unknown>
}

export interface RunningBlog {
  readonly application: Application
  readonly stores: readonly DocumentStore[]
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  /** Ends the server, removes what the tests have stored, and closes the stores. */
  stop(): Promise<void>
}

/** The application as it runs: booted by its own configuration, behind a real HTTP server. */
export async function startBlog(): Promise<RunningBlog> {
  const application = await blog.boot()
  const stores = [application.resolve(DocumentStore), application.resolve(DocumentStore.named("analytics"))]
  const server = serve({ fetch: createApp(application).fetch, port: 0, hostname: "127.0.0.1" })
  await new Promise((resolve) => server.once("listening", resolve))
  const { port } = server.address() as AddressInfo
  return {
    application,
    stores,
    async call(method, path, body, headers = {}) {
      const init = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, ...init })
      const text = await response.text()
      const { status } = response
      const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false
      return { status, etag: response.headers.get("etag"), body: isJson ? JSON.parse(text) : {} }
    },
    async stop() {
      await new Promise((resolve) => server.close(resolve))
      for (const store of stores) {
        for (const name of await store.listCollections()) await store.dropCollection(name)
      }
      await application.close()
    },
  }
}
