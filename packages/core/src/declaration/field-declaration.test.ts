import { NoSQLError } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { collectionInfo } from "./collection-info.ts"
import { defineCollection } from "./define-collection.ts"
import { declarationAt, declarationsOf, parseDeclaration } from "./field-declaration.ts"

const info = collectionInfo(
  defineCollection("things", { fields: { name: "string", "home.zip": "number|null?" } as object }),
)

describe("what a collection declares", () => {
  test("each line is taken apart", () => {
    const name = { path: "name", segments: ["name"], kind: "string", nullable: false, optional: false }
    const zip = {
      path: "home.zip",
      segments: ["home", "zip"],
      kind: "number",
      nullable: true,
      optional: true,
    }
    expect(declarationsOf(info)).toEqual([name, zip])
    expect(declarationAt(info, "home.zip")).toEqual(zip)
  })

  test.each(["home", "home.zip.code", "other", "constructor", "__proto__", ""])("nothing at %j", (path) => {
    expect(declarationAt(info, path)).toBeUndefined()
  })

  test("is read once, for every resolved form of a collection", () => {
    const resolved = { ...info, group: "things" }
    expect(declarationsOf(resolved)).toBe(declarationsOf(info))
    expect(declarationAt(resolved, "name")).toBe(declarationAt(info, "name"))
  })

  test("is read once for all collections that are only named", () => {
    expect(declarationsOf(collectionInfo("things"))).toBe(declarationsOf(collectionInfo("others")))
  })

  test.each(["float", "string?|null", "String", "bigintx", "", 5])("%j is no declaration", (text) => {
    expect(() => parseDeclaration("a", text as never)).toThrow(NoSQLError)
  })
})
