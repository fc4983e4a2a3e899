import { describe, expect, test } from "vitest"
import { decodeMetadata, encodeMetadata } from "./table-metadata.ts"
import { collectionOfTable, tableName } from "./table-name.ts"

describe("tables", () => {
  test.each([
    ["users", "", "users"],
    ["users", "app-", "app-users"],
    ["a", "", "a.."],
    ["ab", "", "ab."],
    ["a", "x", "xa."],
  ])("%s behind %j is %s, and back", (collection, prefix, table) => {
    expect(tableName(collection, prefix)).toBe(table)
    expect(collectionOfTable(table, prefix)).toBe(collection)
  })

  test("tables of others are no collections", () => {
    expect(collectionOfTable("users", "app-")).toBeUndefined()
    expect(collectionOfTable("app-a.b", "app-")).toBeUndefined()
    expect(collectionOfTable("app-", "app-")).toBeUndefined()
    expect(collectionOfTable("app-systemfoo", "app-")).toBeUndefined()
  })

  test("what is stored of the indexes reads back; what a newer driver stored is refused", () => {
    const metadata = {
      version: 4,
      indexes: [
        {
          info: { name: "a_1", keys: [{ path: ["a", "b"], direction: -1 as const }], unique: true },
          state: "building" as const,
          since: 5,
        },
        {
          info: {
            name: "all",
            keys: [{ path: ["c"], direction: 1 as const }],
            unique: false,
            hash: [],
            shards: 4,
          },
          state: "ready" as const,
          since: 6,
        },
        {
          info: {
            name: "t",
            keys: [{ path: ["t"], direction: 1 as const }],
            unique: false,
            expireAfterSeconds: 0,
          },
          state: "ready" as const,
          since: 7,
          hide: false,
        },
      ],
      hadTtl: true,
    }
    const item = encodeMetadata(metadata)
    expect(decodeMetadata(item, "users")).toEqual(metadata)
    const never = { ...metadata, hadTtl: false }
    expect(decodeMetadata(encodeMetadata(never), "users")).toEqual(never)
    expect(() => decodeMetadata({ ...item, _nosql_format: { N: "2" } }, "users")).toThrow("upgrade")
  })
})
