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

test("the cause is there for code, and JSON leaves it out", () => {
  expect(error.cause).toBe(cause)
  expect(JSON.stringify(error)).not.toContain("ada@example.com")
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code: "already-exists", operation: "insertOne" })
})
