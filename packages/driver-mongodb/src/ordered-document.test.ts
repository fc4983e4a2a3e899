import { BSON, Decimal128, Double, Int32, Long, ObjectId } from "mongodb"
import { expect, test } from "vitest"
import { orderedDocument } from "./ordered-document.ts"

test("a document goes there and back byte for byte: order of keys, kinds of number, arrays, foreign types", () => {
  const document = new Map<string, unknown>([
    ["_id", new ObjectId()],
    ["b", new Int32(1)],
    [
      "10",
      new Map<string, unknown>([
        ["x", new Double(1)],
        ["2", "text"],
        ["1", null],
      ]),
    ],
    [
      "list",
      [
        Long.fromNumber(1),
        new Map<string, unknown>([
          ["b", true],
          ["0", new Date(0)],
        ]),
        [],
        new Uint8Array([1]),
      ],
    ],
    ["constructor", Decimal128.fromString("1.10")],
    ["pattern", new BSON.BSONRegExp("a", "i")],
    ["empty", new Map()],
  ])
  const bytes = BSON.serialize(document)
  expect(Buffer.from(BSON.serialize(orderedDocument(bytes)))).toEqual(Buffer.from(bytes))
})
