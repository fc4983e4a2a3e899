import { NoSQLError } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { classifyError } from "./classify-error.ts"

const grpc = (code: number) => Object.assign(new Error(`${code} SECRET: user "bob"`), { code })

describe("classifyError", () => {
  test.each([
    [1, "aborted", false, true],
    [2, "unknown", false, true],
    [3, "invalid-argument", false, false],
    [4, "timeout", true, true],
    [5, "not-found", false, false],
    [6, "already-exists", false, false],
    [7, "permission-denied", false, false],
    [8, "resource-exhausted", true, false],
    [9, "failed-precondition", false, false],
    [10, "conflict", true, false],
    [11, "invalid-argument", false, false],
    [12, "unsupported", false, false],
    [13, "unavailable", true, true],
    [14, "unavailable", true, true],
    [15, "unknown", false, false],
    [16, "unauthenticated", false, false],
  ] as const)("status %i is %s", (number, code, retryable, lost) => {
    const cause = grpc(number)
    const read = classifyError(cause, { operation: "find", collection: "users" })
    expect(read).toMatchObject({
      code,
      retryable,
      backend: "firestore",
      operation: "find",
      collection: "users",
      cause,
    })
    expect(read.details).toEqual({})
    expect(read.message).toContain(`gRPC status ${number}`)
    expect(read.message).not.toMatch(/SECRET|bob/)
    const write = classifyError(cause, { operation: "updateOne" })
    expect(write).toMatchObject({ code, retryable: retryable && !lost })
    expect(write.details).toEqual(lost ? { unknown: true } : {})
  })

  test.each([
    ["Could not load the default credentials. Browse to …", "unauthenticated"],
    ["Unable to detect a Project Id in the current environment.", "config"],
    ["The client has already been terminated", "closed"],
    ["ENOENT: no such file or directory, open '/secret.json'", "config"],
    ["error:1E08010C:DECODER routines::unsupported", "unauthenticated"],
    ['Value for argument "data" is not a valid Firestore document.', "invalid-argument"],
    ["something else", "unknown"],
  ])("%s is %s", (message, code) => {
    const error = classifyError(new Error(message), { operation: "find" })
    expect(error).toMatchObject({ code, retryable: false })
    expect(error.message).not.toContain("secret.json")
  })

  test("ours stay as they are; a number that is no status of gRPC's says nothing; a signal's reason is the caller's", () => {
    const ours = new NoSQLError("conflict", "x", { operation: "x" })
    expect(classifyError(ours, { operation: "find" })).toBe(ours)
    expect(classifyError(Object.assign(new Error("x"), { code: 99 }), { operation: "find" }).code).toBe(
      "unknown",
    )
    expect(classifyError("text", { operation: "find" }).code).toBe("unknown")
    const signal = AbortSignal.abort("why")
    expect(classifyError("why", { operation: "find", signal }).code).toBe("aborted")
  })

  test("a request that is larger than the server takes uses up no quota", () => {
    const cause = Object.assign(
      new Error("8 RESOURCE_EXHAUSTED: gRPC message exceeds maximum size 4194304: 4500000"),
      {
        code: 8,
      },
    )
    expect(classifyError(cause, { operation: "updateOne" })).toMatchObject({
      code: "invalid-argument",
      retryable: false,
      message: "updateOne: the request is larger than the server takes (gRPC status 8)",
    })
  })
})
