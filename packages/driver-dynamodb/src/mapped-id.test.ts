import { describe, expect, test } from "vitest"
import { decodeMapped } from "./mapped-codec.ts"
import { idOfKeys, keyOfId } from "./mapped-id.ts"
import type { MappedTable } from "./mapped-table.ts"
import type { Attributes } from "./value-codec.ts"

const one = (type: "S" | "N"): MappedTable => ({
  table: "t",
  partition: { name: "pk", type },
  indexes: [],
})
const two = (type: "S" | "N", sort: "S" | "N"): MappedTable => ({
  ...one(type),
  sort: { name: "sk", type: sort },
})

describe("the _id of a mapped table", () => {
  test.each<[MappedTable, Attributes, string]>([
    [one("S"), { pk: { S: "USER#1|a\\" } }, "USER#1|a\\"],
    [one("N"), { pk: { N: "42" } }, "42"],
    [one("N"), { pk: { N: "-0.5" } }, "-0.5"],
    [one("N"), { pk: { N: "9007199254740993" } }, "9007199254740993"],
    [
      one("N"),
      { pk: { N: "0.12345678901234567890123456789012345678" } },
      "0.12345678901234567890123456789012345678",
    ],
    [two("S", "S"), { pk: { S: "USER#1" }, sk: { S: "ORDER#2|x" } }, "USER#1|ORDER#2|x"],
    [two("S", "S"), { pk: { S: "a|b" }, sk: { S: "c" } }, "a\\|b|c"],
    [two("S", "S"), { pk: { S: "a" }, sk: { S: "b|c" } }, "a|b|c"],
    [two("S", "S"), { pk: { S: "a\\" }, sk: { S: "|" } }, "a\\\\||"],
    [two("S", "S"), { pk: { S: "line\n" }, sk: { S: "\n" } }, "line\n|\n"],
    [two("S", "N"), { pk: { S: "a" }, sk: { N: "7" } }, "a|7"],
    [two("N", "S"), { pk: { N: "-7" }, sk: { S: "7" } }, "-7|7"],
  ])("%# goes there and back", (table, key, id) => {
    expect(decodeMapped(key, table)["_id"]).toBe(id)
    expect(keyOfId(id, table)).toEqual(key)
  })

  test.each<[MappedTable, string]>([
    [one("N"), "07"],
    [one("N"), "7.0"],
    [one("N"), "x"],
    [one("N"), ""],
    [one("S"), ""],
    [two("S", "S"), "a"],
    [two("S", "S"), "a|"],
    [two("S", "S"), "|a"],
    [two("S", "S"), "a\\b|c"],
    [two("S", "N"), "a|b"],
  ])("%# is the _id of no document", (table, id) => {
    expect(keyOfId(id, table)).toBeUndefined()
  })

  test("what is no key makes no _id", () => {
    expect(idOfKeys([""])).toBeUndefined()
    expect(idOfKeys(["a", undefined])).toBeUndefined()
    expect(idOfKeys([null])).toBeUndefined()
  })
})
