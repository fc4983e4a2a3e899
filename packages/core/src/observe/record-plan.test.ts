import { expect, test } from "vitest"
import { compare } from "../ast/filter.ts"
import type { OperationTrace } from "./operation-trace.ts"
import { recordPlan } from "./record-plan.ts"

test("recordPlan notes the plan and the shape, and no operand", () => {
  const traces = ["ada@example.com", "bob@example.com"].map((email) => {
    const trace: OperationTrace = { operation: "find", collection: "users" }
    const filter = compare("eq", ["email"], email)
    recordPlan(
      trace,
      { access: "index", index: "email_1", reasons: ["equality on email"], remaining: { filter, limit: 5 } },
      { filter, sort: [] },
    )
    return trace
  })
  expect(traces[0]).toEqual({
    operation: "find",
    collection: "users",
    access: "index",
    index: "email_1",
    remaining: ["filter", "limit"],
    reasons: ["equality on email"],
    shape: expect.stringMatching(/^[0-9a-z]+$/),
  })
  expect(traces[1]).toEqual(traces[0])
  expect(JSON.stringify(traces)).not.toContain("example.com")
})

test("recordPlan: other collections, paths, operators and sorts have other shapes", () => {
  const shape = (collection: string, filter = compare("eq", ["a"], 1), direction: 1 | -1 = 1) => {
    const trace: OperationTrace = { operation: "find", collection }
    recordPlan(trace, { access: "scan", reasons: [] }, { filter, sort: [{ path: ["b"], direction }] })
    return trace.shape
  }
  const shapes = [
    shape("users"),
    shape("orders"),
    shape("users", compare("eq", ["c"], 1)),
    shape("users", compare("gt", ["a"], 1)),
    shape("users", undefined, -1),
  ]
  expect(new Set(shapes).size).toBe(shapes.length)
})

test("recordPlan does nothing where nobody listens", () => {
  expect(() =>
    recordPlan(undefined, { access: "scan", reasons: [] }, { filter: compare("eq", ["a"], 1), sort: [] }),
  ).not.toThrow()
})
