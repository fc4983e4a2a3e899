import { Readable } from "node:stream"
import { DynamoDBClient } from "@aws-sdk/client-dynamodb"
import { NoSQLError } from "@nosql/contracts"
import type { DriverCall } from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { AnswerReader } from "./answer-reader.ts"
import { preparedSend } from "./prepared-send.ts"
import { Requests } from "./request.ts"
import { sendBy } from "./send.ts"

interface WireAnswer {
  readonly status?: number
  readonly body: string | Readable
}

const item = '{"_id":{"S":"a"},"b":{"B":"AQI="},"_nosql_rev":{"N":"1"}}'
const document = { _id: "a", b: Uint8Array.of(1, 2) }
const call: DriverCall = { operation: "find" }

/** Requests whose answers are these, and what a middleware of the client's saw of their outputs. */
function answeredBy(answers: readonly WireAnswer[], reader?: AnswerReader) {
  const left = [...answers]
  const seen: unknown[] = []
  const signals: unknown[] = []
  const handle = async (_: unknown, options?: { readonly abortSignal?: unknown }) => {
    signals.push(options?.abortSignal)
    const { status = 200, body } = left.shift() as WireAnswer
    const headers = { "x-amzn-requestid": "r1" }
    return {
      response: {
        statusCode: status,
        headers,
        body: typeof body === "string" ? Readable.from([Buffer.from(body)]) : body,
      },
    } as never
  }
  const client = new DynamoDBClient({
    region: "us-east-1",
    endpoint: "http://localhost:1",
    credentials: { accessKeyId: "k", secretAccessKey: "s" },
    maxAttempts: 1,
    requestHandler: { handle },
  })
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      seen.push(result.output)
      return result
    },
    { step: "initialize", name: "see" },
  )
  const requests = new Requests(reader === undefined ? sendBy(client) : preparedSend(client, reader), 2)
  const read = (items = false) =>
    requests.read("Query", { TableName: "t" }, call, { collection: "things", items })
  return { client, requests, read, seen, signals }
}

const page = `{"Count":1,"Items":[${item}],"LastEvaluatedKey":{"_nosql_k":{"B":"AQI="}},"ScannedCount":3}`

describe("answers on the wire", () => {
  test("documents are read, and the SDK reads the rest", async () => {
    const { read } = answeredBy([{ body: page }], new AnswerReader())
    const { output, documents } = await read()
    expect(documents).toEqual([document])
    expect(output).toMatchObject({
      Count: 1,
      ScannedCount: 3,
      Items: [],
      LastEvaluatedKey: { _nosql_k: { B: Uint8Array.of(1, 2) } },
      $metadata: { httpStatusCode: 200, requestId: "r1" },
    })
  })

  test("items where items are asked for, and by a client of the caller's", async () => {
    const own = answeredBy([{ body: page }], new AnswerReader())
    expect(await own.read(true)).toMatchObject({
      output: { Items: [{ _id: { S: "a" } }] },
      documents: undefined,
    })
    const given = answeredBy([{ body: page }])
    expect(await given.read()).toMatchObject({
      output: { Items: [{ _id: { S: "a" } }] },
      documents: undefined,
    })
    expect(given.seen).toMatchObject([{ Items: [{ b: { B: Uint8Array.of(1, 2) } }] }])
  })

  test("the SDK reads an answer of another form", async () => {
    const spaced = JSON.stringify(JSON.parse(page), undefined, 1)
    const { read } = answeredBy([{ body: spaced }], new AnswerReader())
    expect(await read()).toMatchObject({
      output: { Count: 1, Items: [{ _id: { S: "a" } }] },
      documents: undefined,
    })
  })

  test.each<[string, WireAnswer, string]>([
    [
      "an error of the service",
      { status: 400, body: '{"__type":"x#ResourceNotFoundException"}' },
      "failed-precondition",
    ],
    ["what is not JSON", { body: "<html>" }, "unavailable"],
    ["half an answer", { body: page.slice(0, 60) }, "unavailable"],
  ])("%s is the same error", async (_, answer, code) => {
    for (const reader of [new AnswerReader(), undefined]) {
      const error: unknown = await answeredBy([answer], reader)
        .read()
        .catch((reason: unknown) => reason)
      expect(NoSQLError.isInstance(error) && error.code).toBe(code)
    }
  })

  test("an answer that breaks off is asked for again", async () => {
    const broken = new Readable({ read() {} })
    setImmediate(() => broken.destroy(Object.assign(new Error("reset"), { code: "ECONNRESET" })))
    const { read } = answeredBy([{ body: broken }, { body: page }], new AnswerReader())
    expect((await read()).documents).toEqual([document])
  })

  test("each call has its own signal and its own documents, two of one input at once, too", async () => {
    const empty = '{"Count":0,"Items":[],"ScannedCount":0}'
    const { requests, signals } = answeredBy(
      [{ body: page }, { body: empty }, { body: page }],
      new AnswerReader(),
    )
    const input = { TableName: "t" }
    const first = AbortSignal.timeout(60_000)
    const second = AbortSignal.timeout(60_000)
    const target = { collection: "things", items: false }
    const answers = await Promise.all([
      requests.read("Query", input, { ...call, signal: first }, target),
      requests.read("Query", input, { ...call, signal: second }, target),
      requests.read("Query", input, call, { ...target, items: true }),
    ])
    expect(answers.map(({ documents }) => documents)).toEqual([[document], [], undefined])
    expect(signals).toEqual([first, second, undefined])
  })

  test("the client's own commands are answered as ever", async () => {
    const { client, requests, read } = answeredBy([{ body: page }, { body: page }], new AnswerReader())
    await read()
    const { Items } = await requests.send("Query", { TableName: "t" }, call)
    expect(Items).toMatchObject([{ b: { B: Uint8Array.of(1, 2) } }])
    expect(client.middlewareStack.identify().join()).not.toContain("nosql")
  })
})
