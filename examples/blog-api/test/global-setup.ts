import { provideServer } from "@nosql/testing/servers"
import { MongoClient } from "mongodb"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  interface ProvidedContext {
    /** What the environment has to say beside the driver's name: where its server is. Undefined where there is none. */
    databaseEnvironment: Record<string, string> | undefined
  }
}

/** Drivers that need a server which the tests can find; for any other, the environment is taken as it is. */
const servers = {
  mongodb: {
    version: mongodbVersion,
    environment: (uri: string) => ({
      LEX_NOSQL__MONGODB__URI: uri,
      BLOG_DATABASE: `blog-test-${process.pid}`,
    }),
  },
} as const

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const driver = project.config.env["LEX_NOSQL__DRIVER"]
  if (driver !== "mongodb") {
    project.provide("databaseEnvironment", {})
    return async () => {}
  }
  const server = await provideServer(driver, servers[driver].version)
  const environment = server === undefined ? undefined : servers[driver].environment(server.address)
  project.provide("databaseEnvironment", environment)
  return async () => server?.stop()
}

async function mongodbVersion(uri: string): Promise<string> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 10_000 })
  try {
    return String((await client.db("admin").command({ buildInfo: 1 }))["version"])
  } finally {
    await client.close()
  }
}
