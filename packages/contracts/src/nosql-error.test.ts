import { inspect } from "node:util"
import { NoSQLError } from "@nosql/contracts"
import { expect, test } from "vitest"

const document = { email: "ada@example.com" }
const cause = Object.assign(new Error(`duplicate key: ${document.email}`), { code: 11000, document })
const error = new NoSQLError("already-exists", "insertOne: a unique value is taken", {
  operation: "insertOne",
  details: { index: "email_1" },
  cause,
})

test("printing shows what the error tells, and of its cause the name and code alone", () => {
  const printed = inspect(new NoSQLError("unknown", "saveAll: failed", { cause: error }), { depth: 10 })
  expect(printed).toContain("saveAll: failed")
  expect(printed).toContain("at ")
  expect(printed).toContain("insertOne: a unique value is taken")
  expect(printed).toContain("index: 'email_1'")
  expect(printed).toContain("Error (11000)")
  expect(printed).not.toContain("ada@example.com")
})

test("a process that dies of the error prints no more", () => {
  // Node prints uncaught errors without what they define for printing.
  expect(inspect(error, { customInspect: false, depth: 10 })).not.toContain("ada@example.com")
})

test("the cause is there for code, and JSON leaves it out, also of errors inside details", () => {
  expect(error.cause).toBe(cause)
  const json = {
    name: "NoSQLError",
    code: "already-exists",
    message: "insertOne: a unique value is taken",
    operation: "insertOne",
    retryable: false,
    details: { index: "email_1" },
  }
  expect(JSON.parse(JSON.stringify(error))).toEqual(json)
  const outer = new NoSQLError("unknown", "saveAll: failed", { path: "a.b", details: { errors: [error] } })
  expect(JSON.parse(JSON.stringify(outer))).toMatchObject({ path: "a.b", details: { errors: [json] } })
})
