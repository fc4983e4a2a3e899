import { provideServer } from "@nosql/testing/servers"
import { MongoClient } from "mongodb"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  interface ProvidedContext {
    /** Empty where no server was found. */
    mongodbUri: string
    /** What answers there: some engines speak MongoDB's protocol and differ in places. */
    mongodbEngine: "mongod" | "documentdb"
  }
}

/** One server for all test files of this package. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await provideServer("mongodb", async (address) => (await buildInfo(address)).version)
  project.provide("mongodbUri", server?.address ?? "")
  project.provide("mongodbEngine", server === undefined ? "mongod" : (await buildInfo(server.address)).engine)
  return async () => server?.stop()
}

async function buildInfo(address: string): Promise<{ version: string; engine: "mongod" | "documentdb" }> {
  const client = new MongoClient(address, { serverSelectionTimeoutMS: 10_000 })
  try {
    const { version, storageEngines } = await client.db("admin").command({ buildInfo: 1 })
    const isDocumentdb = Array.isArray(storageEngines) && storageEngines.includes("documentdb")
    return { version: String(version), engine: isDocumentdb ? "documentdb" : "mongod" }
  } finally {
    await client.close()
  }
}
