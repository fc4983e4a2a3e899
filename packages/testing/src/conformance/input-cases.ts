import type { Collection, Document } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

const circle: Record<string, unknown> = {}
circle["self"] = circle

const wrongDocuments: Readonly<Record<string, unknown>> = {
  "a dotted name": { "a.b": 1 },
  "a $ name": { $a: 1 },
  "an empty name": { "": 1 },
  "a __…__ name": { __x__: 1 },
  "the reserved prefix": { _nosql_x: 1 },
  NaN: { a: Number.NaN },
  Infinity: { a: Number.POSITIVE_INFINITY },
  "a huge number": { a: 1e19 },
  "a huge bigint": { a: 2n ** 63n },
  "undefined in an array": { a: [undefined] },
  "a function": { a: () => 1 },
  "a symbol": { a: Symbol("x") },
  "a Map": { a: new Map() },
  "a RegExp": { a: /x/ },
  "a class instance": { a: new (class Point {})() },
  "an invalid date": { a: new Date(Number.NaN) },
  "a lone surrogate": { a: "\uD800" },
  "a circle": circle,
  "an id that is no string": { _id: 5 },
  "an empty id": { _id: "" },
  "an array": [],
  null: null,
}

const wrongFilters: Readonly<Record<string, unknown>> = {
  "an unknown operator": { a: { $foo: 1 } },
  "an unknown top-level operator": { $where: "1" },
  "an unknown operator deep inside": { $and: [{ $or: [{ a: { $not: { $foo: 1 } } }] }] },
  "fields mixed with operators": { a: { $gt: 1, b: 2 } },
  "undefined as a value": { a: undefined },
  "undefined in $in": { a: { $in: [undefined] } },
  "a range over null": { a: { $gt: null } },
  "a range over a boolean": { a: { $gt: true } },
  "a range over NaN": { a: { $gt: Number.NaN } },
  "$in without an array": { a: { $in: 5 } },
  "$exists without a boolean": { a: { $exists: 1 } },
  "$or without an array": { $or: {} },
  "$not without operators": { a: { $not: 5 } },
  "an empty segment": { "a..b": 1 },
  "an id that is no string": { _id: 5 },
  "no object": "a",
}

const wrongUpdates: Readonly<Record<string, unknown>> = {
  "a plain field map": { a: 1 },
  "an unknown operator": { $foo: { a: 1 } },
  nothing: {},
  "an operator without paths": { $set: {} },
  "two operators on one path": { $set: { a: 1 }, $inc: { a: 1 } },
  "a parent and its child": { $set: { a: {}, "a.b": 1 } },
  "a positional operator": { $set: { "a.$.b": 1 } },
  "a change of _id": { $set: { _id: "x" } },
  "$inc by text": { $inc: { a: "1" } },
  "$push with modifiers": { $push: { a: { $each: [1] } } },
}

export const inputCases: readonly ConformanceCase[] = [
  ...refusals("document", wrongDocuments, (target, input) => target.insertOne(input as Document)),
  ...refusals("filter", wrongFilters, async (target, input) => target.find(input as object).toArray()),
  ...refusals("filter of deleteMany", wrongFilters, (target, input) => target.deleteMany(input as object)),
  ...refusals("update", wrongUpdates, (target, input) => target.updateMany({}, input as object)),
  {
    name: "refuses negative and fractional windows and bad sorts",
    run: async ({ collection }) => {
      const target = collection()
      for (const options of [
        { limit: -1 },
        { limit: 0.5 },
        { skip: -1 },
        { sort: { a: 2 } },
        { sort: { $a: 1 } },
        { select: ["a.b"] },
      ]) {
        await expectError("invalid-argument", async () => target.find({}, options as object).toArray())
      }
    },
  },
  {
    name: "an aborted signal ends a call with aborted",
    run: async ({ filled }) => {
      const target = await filled([{}])
      const signal = AbortSignal.abort()
      await expectError("aborted", () => target.find({}, { signal }).toArray())
      await expectError("aborted", () => target.insertOne({}, { signal }))
      expect(await target.count({})).toBe(1)
    },
  },
]

function refusals(
  what: string,
  inputs: Readonly<Record<string, unknown>>,
  call: (target: Collection<Document>, input: unknown) => Promise<unknown>,
): ConformanceCase[] {
  return Object.entries(inputs).map(([name, input]) => ({
    name: `refuses a ${what}: ${name}`,
    run: async ({ filled }) => {
      const target = await filled([{ _id: "kept", a: 1 }])
      const error = await expectError("invalid-argument", () => call(target, input))
      expect(error.operation).toBeTypeOf("string")
      expect(error.message).toContain(error.operation)
      expect(await target.find({}).toArray()).toEqual([{ _id: "kept", a: 1 }])
    },
  }))
}
