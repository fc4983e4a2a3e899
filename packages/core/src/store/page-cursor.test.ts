import { describe, expect, test } from "vitest"
import { compare } from "../ast/filter.ts"
import {
  type CursorBinding,
  decodePageCursor,
  encodePageCursor,
  pageFingerprint,
  totalSort,
} from "./page-cursor.ts"

const sort = totalSort([{ path: ["at"], direction: -1 }])
const filter = compare("eq", ["a"], 1)
const binding: CursorBinding = {
  sort,
  fingerprint: pageFingerprint("posts", filter, sort),
  secret: undefined,
  context: { operation: "page" },
}
const document = { _id: "x", at: new Date(5), other: "secret" }
const refused = { code: "invalid-argument", path: "after" }

describe("page cursors", () => {
  test("carry the sort keys and come back", async () => {
    const cursor = await encodePageCursor([document], binding)
    expect(cursor).toMatch(/^[\w-]+$/)
    expect(await decodePageCursor(cursor, binding)).toEqual([new Date(5), "x"])
  })

  test("without sort keys carry the _id alone", async () => {
    const own = { ...binding, sort: [], fingerprint: pageFingerprint("posts", filter, []) }
    const cursor = await encodePageCursor([document], own)
    expect(await decodePageCursor(cursor, own)).toEqual(["x"])
    await expect(decodePageCursor(cursor, binding)).rejects.toMatchObject(refused)
  })

  test("are of the last document, but no document of the page may have what is no sort key", async () => {
    const last = { _id: "z", at: null }
    expect(await decodePageCursor(await encodePageCursor([document, last], binding), binding)).toEqual([
      null,
      "z",
    ])
    for (const at of [[1], { a: 1 }, Uint8Array.from([1])])
      await expect(encodePageCursor([{ _id: "y", at }, document], binding)).rejects.toMatchObject({
        code: "invalid-argument",
        path: "at",
      })
  })

  test("are bound to collection, filter and sort", async () => {
    const cursor = await encodePageCursor([document], binding)
    const others = [
      pageFingerprint("users", filter, sort),
      pageFingerprint("posts", compare("eq", ["a"], 2), sort),
      pageFingerprint("posts", filter, totalSort([{ path: ["at"], direction: 1 }])),
    ]
    for (const fingerprint of others)
      await expect(decodePageCursor(cursor, { ...binding, fingerprint })).rejects.toMatchObject(refused)
  })

  test("with a secret, one that was changed, unsigned or signed by another is refused", async () => {
    const signed = { ...binding, secret: "s3cret" }
    const cursor = await encodePageCursor([document], signed)
    expect(await decodePageCursor(cursor, signed)).toEqual([new Date(5), "x"])
    const unsigned = await encodePageCursor([document], binding)
    const [content = "", signature = ""] = cursor.split(".")
    const foreign = await encodePageCursor([document], { ...binding, secret: "other" })
    const forged = `${await encodePageCursor([{ ...document, _id: "y" }], binding)}.${signature}`
    for (const text of [unsigned, content, `${content}.`, `${content}.nonsense`, foreign, forged, "", "."])
      await expect(decodePageCursor(text, signed)).rejects.toMatchObject(refused)
    // A signed cursor needs no secret to be read: it is authenticated, not hidden.
    expect(await decodePageCursor(cursor, binding)).toEqual([new Date(5), "x"])
  })

  test("what is no cursor is refused", async () => {
    for (const text of [
      "",
      "nonsense",
      "a.b.c",
      btoa("[1]"),
      btoa('[1,"x",{"a":1},"y"]'),
      5 as never,
      null as never,
    ])
      await expect(decodePageCursor(text, binding)).rejects.toMatchObject(refused)
  })
})
