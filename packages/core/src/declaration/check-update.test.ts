import { type FieldDeclaration, NoSQLError } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { parseUpdate } from "../parse/parse-update.ts"
import { checkFields } from "./check-fields.ts"
import { checkUpdate } from "./check-update.ts"

const context = { operation: "updateOne" }
const fields: Record<string, FieldDeclaration> = {
  name: "string",
  nick: "string?",
  note: "string|null?",
  alias: "string|null?",
  age: "number?",
  total: "bigint",
  at: "date?",
  tags: "array",
  more: "array?",
  extra: "object?",
  owner: "id?",
  other: "id?",
  "home.city": "string?",
  "home.zip": "string|null?",
  "away.city": "string?",
  "work.city": "string",
}

function problemsOf(run: () => void): readonly string[] {
  try {
    run()
    return []
  } catch (error) {
    if (!NoSQLError.isInstance(error)) throw error
    if (error.code !== "validation") return [`${error.code} ${error.path}`]
    return (error.details["problems"] as { path: string }[]).map(({ path }) => path)
  }
}

const refused = (update: object) =>
  problemsOf(() => checkUpdate(parseUpdate(update, context), { fields }, context))

describe("an update after which a conforming document would not conform", () => {
  test.each<[string, object, readonly string[]]>([
    ["$set of another kind", { $set: { name: 5 } }, ["name"]],
    ["$set of null where null does not conform", { $set: { name: null } }, ["name"]],
    ["$set of null where it conforms", { $set: { note: null } }, []],
    ["$set of a parent", { $set: { work: { city: "Rome", x: 1 } } }, []],
    ["$set of a parent without a required child", { $set: { work: {} } }, ["work.city"]],
    ["$set of a parent without an optional child", { $set: { home: {} } }, []],
    ["$set of a parent with a child of another kind", { $set: { home: { city: 5 } } }, ["home.city"]],
    ["$set of a parent to what is no object", { $set: { home: [] } }, ["home.city", "home.zip"]],
    ["$set of a parent to null", { $set: { work: null } }, ["work.city"]],
    ["$set below a scalar", { $set: { "name.first": "A" } }, ["name"]],
    ["$set below an object", { $set: { "extra.x": 1 } }, []],
    ["$set of an element", { $set: { "tags.0": 1 } }, []],
    ["$set of an element of what may be missing", { $set: { "more.0": 1 } }, ["more"]],
    ["$set of a bigint to a fraction", { $set: { total: 0.5 } }, ["total"]],
    ["$set of a bigint to a whole number", { $set: { total: 5 } }, []],
    ["$set of what is not declared", { $set: { x: null, "home.street": 5 } }, []],
    ["$setOnInsert of another kind", { $setOnInsert: { name: 5 } }, ["name"]],
    ["$unset of what is required", { $unset: { name: true, nick: true } }, ["name"]],
    ["$unset of a parent", { $unset: { work: true, home: true } }, ["work.city"]],
    ["$unset below a scalar does nothing", { $unset: { "name.first": true } }, []],
    ["$inc of what is no number", { $inc: { name: 1, age: 1, total: 1n } }, ["name"]],
    ["$inc of a bigint by a fraction", { $inc: { total: 0.5 } }, ["invalid-argument total"]],
    ["$inc of a number by a fraction", { $inc: { age: 0.5 } }, []],
    ["$inc of a parent", { $inc: { home: 1 } }, ["home.city", "home.zip"]],
    ["$inc below a scalar", { $inc: { "nick.x": 1 } }, ["nick"]],
    ["$mul of what is no number", { $mul: { at: 2, age: 2 } }, ["at"]],
    ["$mul of a bigint by a fraction", { $mul: { total: 1.5 } }, ["invalid-argument total"]],
    ["$min with another kind", { $min: { age: "5" } }, ["age"]],
    ["$min with null where null does not conform", { $min: { age: null } }, ["age"]],
    ["$max with null where it conforms", { $max: { note: null } }, []],
    ["$max with its kind", { $max: { at: new Date(0), age: 5, total: 5, nick: "x" } }, []],
    ["$max of a bigint with a fraction", { $max: { total: 0.5 } }, ["total"]],
    ["$max of an array", { $max: { tags: 5 } }, ["tags"]],
    ["$max of a parent", { $max: { home: 5 } }, ["home.city", "home.zip"]],
    ["$currentDate of a date", { $currentDate: { at: true } }, []],
    ["$currentDate of what is none", { $currentDate: { name: true } }, ["name"]],
    ["$currentDate of a parent", { $currentDate: { home: true } }, ["home.city", "home.zip"]],
    ["$push to an array", { $push: { tags: 1, more: null } }, []],
    ["$push to what is none", { $push: { name: 1 } }, ["name"]],
    ["$addToSet to what is none", { $addToSet: { age: 1 } }, ["age"]],
    ["$pull from what is none", { $pull: { name: 1 } }, ["name"]],
    ["$pop of what is none", { $pop: { name: 1 } }, ["name"]],
    ["$pop of a parent", { $pop: { home: 1 } }, ["home.city", "home.zip"]],
    ["$rename of what is required", { $rename: { name: "x" } }, ["name"]],
    ["$rename of what is optional", { $rename: { nick: "x" } }, []],
    ["$rename of a parent of something required", { $rename: { work: "x" } }, ["work.city"]],
    ["$rename of an optional parent", { $rename: { home: "x" } }, []],
    ["$rename to the same kind", { $rename: { nick: "name" } }, []],
    ["$rename to another kind", { $rename: { age: "nick" } }, ["nick"]],
    ["$rename of what is not declared", { $rename: { x: "nick" } }, ["nick"]],
    ["$rename of what may be null to what may not", { $rename: { note: "nick" } }, ["nick"]],
    ["$rename of what may be null to what may be", { $rename: { note: "alias" } }, []],
    ["$rename of a reference to a reference", { $rename: { owner: "other" } }, []],
    ["$rename of a reference to a string", { $rename: { owner: "nick" } }, ["nick"]],
    ["$rename to a parent", { $rename: { away: "home" } }, ["home.zip"]],
    ["$rename to a parent, as far as it is declared", { $rename: { home: "away" } }, []],
    ["$rename to a parent whose child is required", { $rename: { away: "work" } }, ["work.city"]],
    ["$rename of what is not declared to a parent", { $rename: { x: "home" } }, ["home.city", "home.zip"]],
    ["$rename below a scalar", { $rename: { x: "nick.y" } }, ["nick"]],
    ["$rename below a parent", { $rename: { x: "home.street" } }, []],
    [
      "several",
      { $set: { name: 5 }, $push: { age: 1 }, $unset: { work: true } },
      ["name", "age", "work.city"],
    ],
  ])("%s", (_, update, paths) => {
    expect(refused(update)).toEqual(paths)
  })

  test("the error tells what is wrong, and no value", () => {
    expect(() =>
      checkUpdate(parseUpdate({ $set: { name: 5, home: "hunter2" } }, context), { fields }, context),
    ).toThrow(
      'updateOne: does not conform to the declaration: "name" is no string; "home.city" lies below "home", which is no object',
    )
  })
})

describe("a document", () => {
  const valid = { name: "A", total: 5n, tags: [], work: { city: "Rome" } }
  const check = (document: object) =>
    problemsOf(() => checkFields({ ...valid, ...document }, { fields }, context))

  test.each<[string, object, readonly string[]]>([
    ["that conforms", {}, []],
    ["with a nested value of another kind", { home: { city: 5 } }, ["home.city"]],
    ["with an optional parent", { home: {} }, []],
    ["with a parent that is null", { home: null }, ["home.city", "home.zip"]],
    ["with a parent that is an array", { work: [{ city: "Rome" }] }, ["work.city"]],
    ["with a parent that is a scalar", { home: "Rome" }, ["home.city", "home.zip"]],
    ["with a parent that is a date", { home: new Date(0) }, ["home.city", "home.zip"]],
    ["without a required child", { work: {} }, ["work.city"]],
    ["without a required parent", { work: undefined }, ["work.city"]],
    ["with a bigint as a number", { total: 5 }, []],
    ["with a bigint as a fraction", { total: 0.5 }, ["total"]],
  ])("%s", (_, document, paths) => {
    expect(check(document)).toEqual(paths)
  })
})
