import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb"
import { provideServer, type ServerName } from "@nosql/testing/servers"
import { MongoClient } from "mongodb"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  interface ProvidedContext {
    /** What the environment has to say beside the driver's name: where its server is. Undefined where there is none. */
    databaseEnvironment: Record<string, string> | undefined
  }
}

interface TestServer {
  readonly name: ServerName
  version(address: string): Promise<string>
  /** Variables that lead to it, and to collections that nobody else uses. */
  environment(address: string): Record<string, string>
}

/** Drivers whose server the tests look for; for any other, the environment is taken as it is. */
const servers: Readonly<Record<string, TestServer>> = {
  mongodb: {
    name: "mongodb",
    version: mongodbVersion,
    environment: (uri) => ({ LEX_NOSQL__MONGODB__URI: uri, BLOG_DATABASE: `blog-test-${process.pid}` }),
  },
  dynamodb: {
    name: "dynamodb",
    version: dynamodbVersion,
    environment: (endpoint) => ({
      LEX_NOSQL__DYNAMODB__ENDPOINT: endpoint,
      BLOG_DATABASE: `blog-test-${process.pid}`,
    }),
  },
  firestore: {
    name: "firestore",
    version: emulatorVersion,
    environment: (host) => ({
      LEX_NOSQL__FIRESTORE__EMULATOR_HOST: host,
      BLOG_DATABASE: `blog-test-${process.pid}`,
    }),
  },
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const wanted = servers[String(project.config.env["LEX_NOSQL__DRIVER"])]
  const server = wanted && (await provideServer(wanted.name, wanted.version))
  const missing = wanted !== undefined && server === undefined
  const environment = wanted === undefined || server === undefined ? {} : wanted.environment(server.address)
  project.provide("databaseEnvironment", missing ? undefined : environment)
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

/** The emulator answers; it tells no version. */
async function emulatorVersion(host: string): Promise<string> {
  return (await fetch(`http://${host}/`)).ok ? "unknown" : "unknown (its page is an error)"
}

/** It answers; DynamoDB tells no version. */
async function dynamodbVersion(endpoint: string): Promise<string> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" }
  const client = new DynamoDBClient({ endpoint, region: "us-east-1", credentials })
  try {
    await client.send(new ListTablesCommand({ Limit: 1 }))
    return "not told"
  } finally {
    client.destroy()
  }
}
