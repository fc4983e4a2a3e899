import { describe, expect, test } from "vitest"
import { completionsAt } from "./completions-at.ts"

const before = `
import type { Collection, Filter, Specification } from "./index.ts"
interface User {
  name: string
  tags: string[]
  address: { city: string }
  settings: Record<string, string>
}
declare const users: Collection<User>
`
const groups = ["$and", "$nor", "$or"]
const fields = ["_id", "address", "address.city", "name", "settings", "tags"]

describe("an editor offers inside a filter the fields and what puts filters together, and nothing of ours", {
  timeout: 30_000,
}, () => {
  test.each([
    ["an argument", "users.find({ ¦ })"],
    ["a write's", "users.updateMany({ ¦ }, {})"],
    ["a variable", "const filter: Filter<User> = { ¦ }"],
    ["one of a group", "users.find({ $or: [{ ¦ }] })"],
    ["beside a specification", "declare const s: Specification<User>; users.find({ $and: [s, { ¦ }] })"],
  ])("%s", (_, text) => {
    expect(completionsAt(before + text)).toEqual([...groups, "$text", ...fields].sort())
  })

  test("and elsewhere the paths that fit", () => {
    expect(completionsAt(`${before}users.find({}, { sort: { ¦ } })`)).toEqual(["_id", "address.city", "name"])
    expect(completionsAt(`${before}users.updateMany({}, { $push: { ¦ } })`)).toEqual(["tags"])
    expect(completionsAt(`${before}users.createIndex({ keys: { ¦ } })`)).toEqual(fields)
  })

  test("and inside its conditions what the path takes", () => {
    expect(completionsAt(`${before}users.find({ tags: { $elemMatch: { $¦ } } })`)).toContain("$startsWith")
    expect(completionsAt(`${before}users.find({ settings: { ¦ } })`)).toEqual(
      ["$eq", "$exists", "$in", "$ne", "$nin", "$not", "$type"].sort(),
    )
  })
})
