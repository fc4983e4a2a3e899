import type { Collection, Document } from "@nosql/contracts"
import { nativeValue } from "@nosql/core/driver"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

const circle: Record<string, unknown> = {}
circle["self"] = circle

/** An object in which a value lies so many levels deep. */
function deep(levels: number): Record<string, unknown> {
  return levels === 0 ? { a: 1 } : { a: deep(levels - 1) }
}

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
  "a name with a lone surrogate": { "\uDC00": 1 },
  "a name with a NUL": { "a\0": 1 },
  "a number too small for some stores": { a: 1e-131 },
  "a value that is another store's": { a: nativeValue({ driver: "elsewhere", type: "Blob", text: "x" }) },
  "a document too deep": deep(21),
  "arrays too deep, where one in another counts two": { a: [[[[[[[[[[[1]]]]]]]]]]] },
  "a circle": circle,
  "an id that is no string": { _id: 5 },
  "an empty id": { _id: "" },
  "an id with a lone surrogate": { _id: "\uD800" },
  "an array": [],
  null: null,
}

const wrongFilters: Readonly<Record<string, unknown>> = {
  "an unknown operator": { a: { $foo: 1 } },
  "an unknown top-level operator": { $where: "1" },
  "an unknown operator deep inside": { $and: [{ $or: [{ a: { $not: { $foo: 1 } } }] }] },
  "code among elements": { a: { $elemMatch: { $where: "1" } } },
  "$expr below a negation": { $nor: [{ $expr: { $gt: ["$a", "$b"] } }] },
  "a RegExp": { a: /x/ },
  "a RegExp in $in": { a: { $in: [/x/] } },
  "look-ahead": { a: { $regex: "(?=x)" } },
  "an unknown flag": { a: { $regex: "x", $options: "g" } },
  "a text search below $or": { $or: [{ $text: { $search: "x" } }] },
  "an unknown kind": { a: { $type: "int" } },
  "a fraction in $mod": { a: { $mod: [1.5, 0] } },
  "a negative size": { a: { $size: -1 } },
  "a prefix that is no string": { a: { $startsWith: 5 } },
  "$all without an array": { a: { $all: 5 } },
  "$elemMatch without an object": { a: { $elemMatch: 5 } },
  "a pattern on ids": { _id: { $regex: "x" } },
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
  "fields beside operators": { $set: { a: 2 }, b: 1 },
  "an unknown operator": { $foo: { a: 1 } },
  "an operator with no portable meaning": { $bit: { a: { and: 1 } } },
  "a pipeline": [{ $set: { a: 1 } }],
  null: null,
  nothing: {},
  "an operator without paths": { $set: {} },
  "an operator with an array": { $set: [["a", 1]] },
  "two operators on one path": { $set: { a: 1 }, $inc: { a: 1 } },
  "a parent and its child": { $set: { a: {}, "a.b": 1 } },
  "a parent and its child in two operators": { $push: { "a.b": 1 }, $unset: { a: true } },
  "$setOnInsert beside another operator": { $setOnInsert: { a: 1 }, $inc: { a: 1 } },
  "a rename onto what another operator changes": { $rename: { a: "b" }, $set: { "b.c": 1 } },
  "two renames onto one path": { $rename: { a: "c", b: "c" } },
  "a rename into itself": { $rename: { a: "a.b" } },
  "a rename to the same path": { $rename: { a: "a" } },
  "a positional operator": { $set: { "a.$.b": 1 } },
  "a positional operator for all": { $inc: { "a.$[].b": 1 } },
  "a filtered positional operator": { $set: { "a.$[x]": 1 } },
  "a positional operator in a rename's target": { $rename: { b: "a.$" } },
  "a name that no document holds": { $set: { "a.__x__": 1 } },
  "an empty segment": { $set: { "a..b": 1 } },
  "a change of _id": { $set: { _id: "x" } },
  "a change below _id": { $set: { "_id.x": 1 } },
  "a rename of _id": { $rename: { _id: "x" } },
  "a rename to _id": { $rename: { a: "_id" } },
  "an _id in $setOnInsert": { $setOnInsert: { _id: "x" } },
  "$set to NaN": { $set: { a: Number.NaN } },
  "$set to what is too deep": { $set: { [Array(22).fill("a").join(".")]: 1 } },
  "$set of undefined inside an array": { $set: { a: [undefined] } },
  "$set of a dotted name": { $set: { a: { "b.c": 1 } } },
  "$unset with false": { $unset: { a: false } },
  "$inc by text": { $inc: { a: "1" } },
  "$inc by null": { $inc: { a: null } },
  "$inc by NaN": { $inc: { a: Number.NaN } },
  "$mul by text": { $mul: { a: "2" } },
  "$mul by Infinity": { $mul: { a: Number.POSITIVE_INFINITY } },
  "$min with an array": { $min: { a: [1] } },
  "$max with an object": { $max: { a: { b: 1 } } },
  "$max with NaN": { $max: { a: Number.NaN } },
  "$rename to a number": { $rename: { a: 5 } },
  "$currentDate with false": { $currentDate: { a: false } },
  "$currentDate as a timestamp": { $currentDate: { a: { $type: "timestamp" } } },
  "$push of undefined in $each": { $push: { a: { $each: [undefined] } } },
  "$push with modifiers and no $each": { $push: { a: { $slice: 1 } } },
  "$push with $each over no array": { $push: { a: { $each: 1 } } },
  "$push with an unknown modifier": { $push: { a: { $each: [1], $foo: 1 } } },
  "$push with fields beside modifiers": { $push: { a: { $each: [1], b: 1 } } },
  "$push with a fractional $slice": { $push: { a: { $each: [1], $slice: 0.5 } } },
  "$push with a $position that is no number": { $push: { a: { $each: [1], $position: "0" } } },
  "$push with a bad $sort": { $push: { a: { $each: [1], $sort: 2 } } },
  "$push with an empty $sort": { $push: { a: { $each: [1], $sort: {} } } },
  "$push with a $sort of no pairs": { $push: { a: { $each: [1], $sort: [] } } },
  "$push with a $sort of halves": { $push: { a: { $each: [1], $sort: [["s"]] } } },
  "$push with a $sort that has lost its order": { $push: { a: { $each: [1], $sort: { s: 1, "7": -1 } } } },
  "$push with a $sort by one field twice": {
    $push: {
      a: {
        $each: [1],
        $sort: [
          ["s", 1],
          ["s", -1],
        ],
      },
    },
  },
  "$addToSet with $slice": { $addToSet: { a: { $each: [1], $slice: 1 } } },
  "$addToSet with $each over no array": { $addToSet: { a: { $each: 1 } } },
  "$pull with an unknown operator": { $pull: { a: { $foo: 1 } } },
  "$pull with an unknown operator deep inside": { $pull: { a: { x: { $foo: 1 } } } },
  "$pull with fields beside operators": { $pull: { a: { $gt: 1, x: 1 } } },
  "$pull of undefined in an array": { $pull: { a: [undefined] } },
  "$pop by 0": { $pop: { a: 0 } },
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
        { sort: new Array(1) },
        { projection: { a: 1, b: 0 } },
        { projection: { a: 2 } },
        { projection: { a: 1, "a.b": 1 } },
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
