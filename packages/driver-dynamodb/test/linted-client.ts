import type { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { afterAll, expect, test } from "vitest"
import type { MappedTable } from "../src/mapped-table.ts"
import { lintRequest } from "./lint-request.ts"
import { watchedClient } from "./watched-client.ts"

/** A client for a test file, which in the end fails where AWS would have refused one of its requests by its form. */
export function lintedClient(endpoint: string): DynamoDBClient {
  const lint = requestLint(endpoint)
  const client = watchedClient(endpoint, lint)
  afterAll(() => client.destroy())
  return client
}

/** What looks at each request of a test file, by its name and input; a test of its own, behind the others, says what was wrong. */
export function requestLint(
  endpoint: string,
  mapped: readonly MappedTable[] = [],
): (name: string, input: object) => void {
  const problems = new Set<string>()
  let requests = 0
  test.skipIf(endpoint === "")("AWS would have refused no request", () => {
    expect(requests).toBeGreaterThan(0)
    expect([...problems].slice(0, 5)).toEqual([])
  })
  return (name, input) => {
    requests += 1
    try {
      lintRequest(name, input, mapped)
    } catch (error) {
      problems.add(`${name}: ${String(error)} ${JSON.stringify(input).slice(0, 2000)}`)
    }
  }
}
