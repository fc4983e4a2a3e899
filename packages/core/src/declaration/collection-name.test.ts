import { describe, expect, test } from "vitest"
import { scriptedDriver } from "../../test/scripted-driver.ts"
import { connect } from "../store/connect.ts"
import { isCollectionName, maxCollectionName } from "./collection-name.ts"

const bad = ["", "2024", "_a", "a.b", "a/b", "a b", "é", "system", "SystemFoo", "system.views", "a\n"]

describe("names of collections", () => {
  test.each(["a", "Users", "a_b-2", "x".repeat(maxCollectionName)])("%s is one", (name) => {
    expect(isCollectionName(name)).toBe(true)
  })

  test.each([...bad, "x".repeat(maxCollectionName + 1), undefined, 5])("%j is none", (name) => {
    expect(isCollectionName(name)).toBe(false)
  })

  test("a store lists those only that it opens", async () => {
    const store = await connect(scriptedDriver({ listCollections: async () => ["users", ...bad, "a"] }))
    const names = await store.listCollections()
    expect(names).toEqual(["a", "users"])
    for (const name of names) store.collection(name)
    await store.close()
  })
})
