import { expect, test } from "vitest"
import { checkOptions } from "./check-options.ts"
import type { DynamodbAddress } from "./dynamodb-options.ts"

test.each([
  ["url", "endpoint"],
  ["prefix", "tablePrefix"],
  ["credentials", "accessKeyId and secretAccessKey"],
  ["timeout", "requestTimeoutMs"],
])("a name that %s has elsewhere: it is called %s here", (name, own) => {
  const problems = checkOptions({ [name]: "x" } as DynamodbAddress)
  expect(problems).toEqual([
    { path: name, problem: `is no option of the DynamoDB driver; it is called ${own} here` },
  ])
})
