import { checkMostBytes } from "@nosql/testing"
import { expect, test } from "vitest"
import { documentProblem, documentSize } from "./document-problem.ts"

const limit = 400 * 1024

test("what core says of a document is enough for it as an item, and is gone by", async () => {
  await checkMostBytes(documentSize)
  const large = { _id: "a", text: "x".repeat(limit) }
  expect(documentProblem(large)).toContain("400 KB")
  expect(documentProblem(large, 0, 3 * limit)).toContain("400 KB")
  expect(documentProblem(large, 0, limit)).toBeUndefined()
  expect(documentProblem({ _id: "a", text: "x".repeat(limit / 2) }, 0, 3 * limit)).toBeUndefined()
})
