import { isDeepStrictEqual } from "node:util"
import { DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb"
import type { Document } from "@nosql/contracts"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { AnswerReader } from "./answer-reader.ts"
import { reservedPrefix } from "./attribute-names.ts"
import { decodeItem } from "./item-codec.ts"
import { carryNumber, carrySet } from "./native-codec.ts"
import type { Attributes } from "./value-codec.ts"

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string, reader = new AnswerReader()) => reader.read(bytes(text))

/** The value that stands in an item at `v`. */
function decoded(attribute: string): unknown {
  return read(`{"Items":[{"v":${attribute}}]}`)?.documents[0]?.["v"]
}

/** What the SDK's own client makes of an answer. */
async function readBySdk(body: Uint8Array): Promise<readonly Document[]> {
  const client = new DynamoDBClient({
    region: "us-east-1",
    endpoint: "http://localhost:1",
    credentials: { accessKeyId: "k", secretAccessKey: "s" },
    maxAttempts: 1,
    requestHandler: { handle: async () => ({ response: { statusCode: 200, headers: {}, body } }) as never },
  })
  const { Items = [] } = await client.send(new QueryCommand({ TableName: "t" }))
  return (Items as Attributes[]).map(decodeItem)
}

describe("values", () => {
  const date = '{"M":{"_nosql_date":{"N":"-1"}}}'
  test.each<[string, unknown]>([
    ['{"S":""}', ""],
    [
      '{"S":"plain text of more than twenty-four characters"}',
      "plain text of more than twenty-four characters",
    ],
    ['{"S":"a\\"b\\\\c\\u0000\\ud83d\\ude00\\/"}', 'a"b\\c\u0000😀/'],
    ['{"S":"\\\\"}', "\\"],
    ['{"S":"größer 日本 😀"}', "größer 日本 😀"],
    ['{"S":"\\ud800"}', "\ud800"],
    ['{"S":"\u007f"}', "\u007f"],
    ['{"N":"0"}', 0],
    ['{"N":"-12.5"}', -12.5],
    ['{"N":"0.1"}', 0.1],
    ['{"N":"123456789.123456"}', 123456789.123456],
    ['{"N":"9007199254740993"}', 9007199254740993n],
    ['{"N":"1.5E+3"}', 1500],
    ['{"N":"0.1234567890123456789"}', carryNumber("0.1234567890123456789")],
    ['{"N":"1E+100"}', carryNumber("1E+100")],
    ['{"BOOL":true}', true],
    ['{"BOOL":false}', false],
    ['{"NULL":true}', null],
    ['{"B":"AP8="}', Uint8Array.of(0, 255)],
    ['{"B":""}', new Uint8Array()],
    ['{"SS":["b","a"]}', carrySet("SS", ["a", "b"])],
    ['{"NS":["2","10"]}', carrySet("NS", ["2", "10"])],
    ['{"BS":["AP8="]}', carrySet("BS", [Uint8Array.of(0, 255)])],
    ['{"L":[]}', []],
    ['{"L":[{"L":[{"N":"1"}]},{"NULL":true}]}', [[1], null]],
    ['{"M":{}}', {}],
    ['{"M":{"a":{"M":{"b":{"S":"c"}}}}}', { a: { b: "c" } }],
    ['{"M":{"constructor":{"N":"1"},"_nosql_x":{"N":"2"}}}', { constructor: 1, _nosql_x: 2 }],
    [date, new Date(-1)],
  ])("%s", async (attribute, value) => {
    expect(decoded(attribute)).toStrictEqual(value)
    expect(await readBySdk(bytes(`{"Items":[{"v":${attribute}}]}`))).toStrictEqual([{ v: value }])
  })

  test("a field may have any name, and comes last where it comes twice", () => {
    const [document] =
      read('{"Items":[{"__proto__":{"N":"1"},"a":{"N":"1"},"ü":{"N":"1"},"a":{"N":"2"}}]}')?.documents ?? []
    expect(Object.getPrototypeOf(document)).toBe(Object.prototype)
    expect(Object.entries(document ?? {})).toEqual(
      expect.arrayContaining([
        ["__proto__", 1],
        ["a", 2],
        ["ü", 1],
      ]),
    )
  })

  test.each([
    '{"S":1}',
    '{"S":"a\nb"}',
    '{"S":"\\x"}',
    '{"S": "a"}',
    '{"S":"a","N":"1"}',
    '{"B":"AP8"}',
    '{"B":"A P8="}',
    '{"BOOL":1}',
    '{"Q":"a"}',
    "{}",
    "null",
    '{"L":[null]}',
    '{"M":{"_nosql_date":{"S":"x"}}}',
    '{"M":{"_nosql_date":{"N":"1"},"a":{"N":"1"}}}',
  ])("another form is left to the SDK: %s", (attribute) => {
    expect(read(`{"Items":[{"v":${attribute}}]}`)).toBeUndefined()
  })
})

describe("answers", () => {
  const text = (answer: ReturnType<AnswerReader["read"]>) =>
    answer && [answer.documents, Buffer.from(answer.rest).toString()]

  test("the rest is the answer without its items", () => {
    const item = '{"a":{"N":"1"},"_nosql_pk":{"S":"d#\\"}"},"_id":{"S":"x"},"_nosql_k":{"B":"AA=="}}'
    const key = '{"_nosql_pk":{"S":"]}\\"Items\\":["}}'
    const document = { _id: "x", a: 1 }
    expect(text(read(`{"LastEvaluatedKey":${key},"Count":1,"Items":[${item}],"ScannedCount":1}`))).toEqual([
      [document],
      `{"LastEvaluatedKey":${key},"Count":1,"Items":[],"ScannedCount":1}`,
    ])
    expect(text(read(`{"Item":${item}}`))).toEqual([[document], '{"Item":{}}'])
    expect(text(read(`{"Responses":{"t":[${item},${item}]},"UnprocessedKeys":{}}`))).toEqual([
      [document, document],
      '{"Responses":{"t":[]},"UnprocessedKeys":{}}',
    ])
  })

  test.each(["{}", '{"Count":3}', '{"Items":[],"Count":0}', '{"Responses":{}}', '{"Responses":{"t":[]}}'])(
    "nothing is in %s",
    (answer) => expect(text(read(answer))).toEqual([[], answer]),
  )

  test.each([
    "",
    "[]",
    " {}",
    "\ufeff{}",
    '{"Items": []}',
    '{"Items":[{}',
    '{"Items":[{"a":{"S":"b',
    '{"Items":[{"a":{"S":"b\\',
    '{"Count":1',
    '{"Items":null}',
    '{"Responses":{"t":[{}],"u":[{}]}}',
    `{"Items":[{"a":${'{"L":['.repeat(100_000)}`,
  ])("left to the SDK: %#", (answer) => {
    expect(read(answer)).toBeUndefined()
  })

  test("_id is the first field, and documents have one order of fields", () => {
    const answer = read(
      '{"Items":[{"a":{"N":"1"},"b":{"N":"1"},"_id":{"S":"1"}},{"_id":{"S":"2"},"b":{"N":"2"},"a":{"N":"2"}}]}',
    )
    expect(answer?.documents.map((document) => Object.keys(document))).toEqual([
      ["_id", "a", "b"],
      ["_id", "a", "b"],
    ])
  })

  test("what is ours is passed over, also where it is broken and the SDK would refuse it", () => {
    const item = '{"a":{"N":"1"},"_nosql_pk":{"B":"AP8"}}'
    expect(read(`{"Item":${item}}`)?.documents).toEqual([{ a: 1 }])
  })

  test("what was left half read does not come with the next answer", () => {
    const reader = new AnswerReader()
    expect(read('{"Items":[{"a":{"M":{"b":{"N":"1"},"c":?', reader)).toBeUndefined()
    expect(read('{"Item":{"d":{"N":"1"}}}', reader)?.documents).toEqual([{ d: 1 }])
  })

  test("more names than are kept, and ones that meet in a place", () => {
    const reader = new AnswerReader()
    const document = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`f${i}`, `v${i % 3000}`]))
    const item = Object.fromEntries(Object.entries(document).map(([name, value]) => [name, { S: value }]))
    for (let i = 0; i < 3; i++)
      expect(read(JSON.stringify({ Item: item }), reader)?.documents).toEqual([document])
  })
})

describe("any answer", () => {
  const key = fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom("_id", "__proto__", "constructor", "a", "b", "0", "_nosql_date", "_nosql_pk"),
  )
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }).map(String),
    fc.tuple(fc.integer(), fc.stringMatching(/^\d{0,12}$/)).map(([whole, more]) => `${whole}.${more}`),
  )
  const binary = fc.uint8Array({ maxLength: 9 }).map((all) => Buffer.from(all).toString("base64"))
  const { attribute } = fc.letrec<{ attribute: unknown }>((tie) => ({
    attribute: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.record({ S: fc.string({ unit: "binary" }) }),
      fc.record({ N: number }),
      fc.record({ B: binary }),
      fc.record({ BOOL: fc.boolean() }),
      fc.constant({ NULL: true }),
      fc.record({ SS: fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 }) }),
      fc.record({ NS: fc.array(number, { minLength: 1 }) }),
      fc.record({ BS: fc.array(binary, { minLength: 1 }) }),
      fc.record({ L: fc.array(tie("attribute")) }),
      fc.record({ M: fc.dictionary(key, tie("attribute")) }),
    ),
  }))
  // The SDK loses the value of a `__proto__` at the top.
  const field = key.filter((name) => name !== "__proto__")
  const items = fc.array(fc.dictionary(field, attribute))
  // What is ours at the top is passed over, broken or not.
  const foreignItems = fc.array(
    fc.dictionary(
      field.filter((name) => !name.startsWith(reservedPrefix)),
      attribute,
    ),
  )
  const reader = new AnswerReader()

  test("is what the SDK makes of it", async () => {
    let own = 0
    await fc.assert(
      fc.asyncProperty(items, async (all) => {
        const body = bytes(JSON.stringify({ Count: all.length, Items: all }))
        const expected = await readBySdk(body.slice())
        const answer = reader.read(body)
        if (answer === undefined) return
        own += 1
        // Not `toStrictEqual`: it takes a field `constructor` for the class.
        if (!isDeepStrictEqual(answer.documents, expected)) expect(answer.documents).toBe(expected)
        expect(await readBySdk(answer.rest)).toEqual([])
      }),
      { numRuns: 1000 },
    )
    // The others have a date that is none.
    expect(own).toBeGreaterThan(600)
  })

  test("is what the SDK makes of it, or left to it, with any bytes changed", async () => {
    await fc.assert(
      fc.asyncProperty(
        foreignItems,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }))),
        async (all, changes) => {
          const body = bytes(JSON.stringify({ Items: all, Count: all.length }))
          for (const [at, byte] of changes) body[10 + (at % (body.length - 10))] = byte
          const answer = reader.read(body.slice())
          if (answer === undefined) return
          const fails = () => undefined
          const expected = await readBySdk(body).catch(fails)
          const rest = await readBySdk(answer.rest).catch(fails)
          // Where the rest is wrong, the SDK says so as before.
          expect(rest).toEqual(expected && [])
          if (expected === undefined) return
          // Not `toStrictEqual`: it takes a field `constructor` for the class.
          if (!isDeepStrictEqual(answer.documents, expected)) expect(answer.documents).toBe(expected)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
