import { provideServer } from "@nosql/testing/servers"
import { MongoClient } from "mongodb"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  interface ProvidedContext {
    /** Empty where no server was found. */
    mongodbUri: string
  }
}

/** One server for all test files of this package. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await provideServer("mongodb", describeVersion)
  project.provide("mongodbUri", server?.address ?? "")
  return async () => server?.stop()
}

async function describeVersion(address: string): Promise<string> {
  const client = new MongoClient(address, { serverSelectionTimeoutMS: 10_000 })
  try {
    const { version } = await client.db("admin").command({ buildInfo: 1 })
    return String(version)
  } finally {
    await client.close()
  }
}
