import { describe, expect, test } from "vitest"
import { indexOf, stateOf } from "../test/indexes.ts"
import { freshRevision } from "./item-codec.ts"
import { wholeItem } from "./own-attributes.ts"

describe("an item of 400 KB at most", () => {
  const state = stateOf(indexOf("name_1", "name"))
  const item = (text: string) =>
    wholeItem({ _id: "a", name: "ab", text }, state, freshRevision(), { operation: "insertOne" })
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
  const fields = "_id".length + 1 + "name".length + 2 + "text".length
  const key = "_nosql_pk".length + "d#a".length
  const revision = "_nosql_rev".length + 9
  const { _nosql_name_1_h, _nosql_name_1_r } = item("")
  const index =
    2 * "_nosql_name_1_h".length + (_nosql_name_1_h?.B?.length ?? 0) + (_nosql_name_1_r?.B?.length ?? 0)
  const room = 400 * 1024 - fields - key - revision - index

  test("what the store adds counts", () => {
    expect(item("x".repeat(room))["text"]?.S).toHaveLength(room)
    expect(() => item("x".repeat(room + 1))).toThrow(
      `insertOne: the document has about 401 KB, ${key + revision + index} bytes of the store's own with it`,
    )
  })
})
