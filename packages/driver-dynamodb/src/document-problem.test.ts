import { expect, test } from "vitest"
import { documentProblem } from "./document-problem.ts"

const limit = 400 * 1024

test("a document of which core says how many bytes are enough is not measured", () => {
  const large = { _id: "a", text: "x".repeat(limit) }
  expect(documentProblem(large)).toContain("400 KB")
  expect(documentProblem(large, 0, 3 * limit)).toContain("400 KB")
  expect(documentProblem(large, 0, limit)).toBeUndefined()
  expect(documentProblem({ _id: "a", text: "x".repeat(limit / 2) }, 0, 3 * limit)).toBeUndefined()
})
