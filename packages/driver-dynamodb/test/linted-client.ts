import type { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { afterAll, expect, test } from "vitest"
import { lintRequest } from "./lint-request.ts"
import { watchedClient } from "./watched-client.ts"

/** A client for a test file, which in the end fails where AWS would have refused one of its requests by its form. */
export function lintedClient(endpoint: string): DynamoDBClient {
  const problems = new Set<string>()
  let requests = 0
  const client = watchedClient(endpoint, (name, input) => {
    requests += 1
    try {
      lintRequest(name, input)
    } catch (error) {
      problems.add(`${name}: ${String(error)} ${JSON.stringify(input).slice(0, 2000)}`)
    }
  })
  afterAll(() => client.destroy())
  test.skipIf(endpoint === "")("AWS would have refused no request", () => {
    expect(requests).toBeGreaterThan(0)
    expect([...problems].slice(0, 5)).toEqual([])
  })
  return client
}
