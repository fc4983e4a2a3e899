import type { ErrorCode } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { classifyError } from "./classify-error.ts"
import type { Fate } from "./failure.ts"
import { sdkFailure } from "./sdk-failures.ts"

const call = { operation: "updateOne" }
const secret = "ada@example.com"

function sdkError(name: string, fields: object = {}): Error {
  return Object.assign(new Error(`says ${secret}`), { name, ...fields })
}

describe("classifyError", () => {
  test.each<[string, object, ErrorCode, Fate]>([
    ["ValidationException", {}, "invalid-argument", "final"],
    ["ConditionalCheckFailedException", {}, "conflict", "final"],
    ["TransactionConflictException", {}, "conflict", "conflict"],
    ["ProvisionedThroughputExceededException", {}, "resource-exhausted", "throttled"],
    ["ThrottlingException", {}, "resource-exhausted", "throttled"],
    ["RequestLimitExceeded", {}, "resource-exhausted", "throttled"],
    ["LimitExceededException", {}, "resource-exhausted", "throttled"],
    ["ResourceNotFoundException", {}, "not-found", "final"],
    ["ResourceInUseException", {}, "failed-precondition", "final"],
    ["InternalServerError", {}, "unavailable", "lost"],
    ["Whatever", { $metadata: { httpStatusCode: 503 } }, "unavailable", "lost"],
    ["Whatever", { $metadata: { httpStatusCode: 400 } }, "unknown", "final"],
    ["AccessDeniedException", {}, "permission-denied", "final"],
    ["UnrecognizedClientException", {}, "unauthenticated", "final"],
    ["ExpiredTokenException", {}, "unauthenticated", "final"],
    ["CredentialsProviderError", {}, "unauthenticated", "final"],
    ["TimeoutError", {}, "timeout", "lost"],
    ["Error", { code: "ECONNREFUSED" }, "unavailable", "unsent"],
    ["Error", { code: "ENOTFOUND" }, "unavailable", "unsent"],
    ["Error", { code: "ECONNRESET" }, "unavailable", "lost"],
    ["TypeError", {}, "unknown", "lost"],
  ])("%s %j is %s, %s", (name, fields, code, fate) => {
    const error = sdkError(name, fields)
    expect(sdkFailure(error).fate ?? "final").toBe(fate)
    const classified = classifyError(error, call)
    expect(classified).toMatchObject({ code, operation: "updateOne", backend: "dynamodb", cause: error })
    expect(classified.message).not.toContain(secret)
  })

  test("a missing table names its collection and what makes it", () => {
    const error = classifyError(sdkError("ResourceNotFoundException"), call, { collection: "users" })
    expect(error).toMatchObject({ code: "failed-precondition", collection: "users", retryable: false })
    expect(error.message).toContain("collection.createCollection()")
  })

  test("an item that is too large, a missing region and what is no DynamoDB are told apart", () => {
    const large = Object.assign(new Error("Item size has exceeded the maximum allowed size"), {
      name: "ValidationException",
    })
    expect(classifyError(large, call).message).toContain("400 KB")
    expect(classifyError(new Error("Region is missing"), call)).toMatchObject({ code: "config" })
    expect(classifyError(new SyntaxError("Unexpected token"), call).message).toContain("is not DynamoDB")
  })

  test("what may have been done is said, and not retryable", () => {
    const error = classifyError(sdkError("TimeoutError"), call, { maybeDone: true })
    expect(error).toMatchObject({ code: "timeout", retryable: false, details: { unknown: true } })
    expect(classifyError(sdkError("TimeoutError"), call)).toMatchObject({ retryable: true, details: {} })
  })

  test("the caller's signal ends a call as aborted, whatever the SDK throws", () => {
    const error = classifyError(sdkError("Whatever"), { ...call, signal: AbortSignal.abort() })
    expect(error.code).toBe("aborted")
  })
})
