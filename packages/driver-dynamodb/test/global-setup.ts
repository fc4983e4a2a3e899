import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb"
import { provideServer } from "@nosql/testing/servers"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  interface ProvidedContext {
    /** Empty where no server was found. */
    dynamodbEndpoint: string
  }
}

/** One server for all test files of this package. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await provideServer("dynamodb", serverName)
  project.provide("dynamodbEndpoint", server?.address ?? "")
  return async () => server?.stop()
}

/** It answers; DynamoDB tells no version. */
async function serverName(endpoint: string): Promise<string> {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" }
  const client = new DynamoDBClient({ endpoint, region: "us-east-1", credentials })
  try {
    await client.send(new ListTablesCommand({ Limit: 1 }))
    return "not told"
  } finally {
    client.destroy()
  }
}
