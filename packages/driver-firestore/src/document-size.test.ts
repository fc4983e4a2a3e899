import { expect, test } from "vitest"
import { documentProblem } from "./document-problem.ts"
import { documentSize, valueSize } from "./document-size.ts"

test("sizes are the vendor's: https://firebase.google.com/docs/firestore/storage-size", () => {
  expect(valueSize("é")).toBe(3)
  expect(valueSize(1)).toBe(8)
  expect(valueSize(2n ** 60n)).toBe(8)
  expect(valueSize(new Date())).toBe(8)
  expect(valueSize(null)).toBe(1)
  expect(valueSize(true)).toBe(1)
  expect(valueSize(new Uint8Array(5))).toBe(5)
  expect(valueSize(["a", 1])).toBe(10)
  expect(valueSize({ a: 1 })).toBe(10)
  // The page's example: its name is 44 bytes in "users/jeff/tasks", here 27; its fields are 71.
  const task = { type: "Personal", done: false, priority: 1, description: "Learn Cloud Firestore" }
  expect(documentSize({ _id: "my_task_id", ...task })).toBe(27 + 71 + 32)
})

test("problems name the field, not its value", () => {
  expect(documentProblem({ _id: "a", text: "x".repeat(1_048_000) })).toBeUndefined()
  expect(documentProblem({ _id: "a", text: "x".repeat(1_048_488) })).toContain('"text" takes more')
  expect(documentProblem({ _id: "a", text: "x".repeat(1_048_577) })).toContain(
    "more than Firestore's 1048576",
  )
  expect(documentProblem({ _id: "a", b: { c: [new Date(Date.UTC(10_000, 0))] } })).toContain(
    "years 1 to 9999",
  )
  expect(documentProblem({ _id: "a", b: { ["x".repeat(1501)]: 1 } })).toContain("1500 bytes")
})
