import { NoSQLError } from "@nosql/contracts"
import { MongoNetworkError, MongoNetworkTimeoutError, MongoServerError } from "mongodb"
import { expect, test } from "vitest"
import { classifyError } from "./classify-error.ts"

test.each([
  [11000, "already-exists", false],
  [13, "permission-denied", false],
  [14, "invalid-argument", false],
  [18, "unauthenticated", false],
  [28, "invalid-argument", false],
  [50, "timeout", false],
  [112, "conflict", true],
  [121, "validation", false],
  [189, "unavailable", true],
  [10107, "unavailable", true],
  [99999, "unknown", false],
])("server error %i is %s", (code, expected, retryable) => {
  const cause = new MongoServerError({ message: "E: value hunter2", code })
  const error = classifyError(cause, "updateOne", "users")
  expect(error).toMatchObject({
    code: expected,
    retryable,
    operation: "updateOne",
    collection: "users",
    backend: "mongodb",
  })
  expect(error.cause).toBe(cause)
  expect(error.message).not.toContain("hunter2")
  expect(JSON.stringify(error)).not.toContain("hunter2")
})

test("network errors", () => {
  expect(classifyError(new MongoNetworkError("gone"), "find").code).toBe("unavailable")
  expect(classifyError(new MongoNetworkTimeoutError("slow"), "find").code).toBe("timeout")
})

test("our own error passes as it is", () => {
  const error = new NoSQLError("aborted", "find: aborted")
  expect(classifyError(error, "find")).toBe(error)
})
