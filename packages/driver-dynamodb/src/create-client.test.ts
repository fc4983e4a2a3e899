import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb"
import { afterEach, describe, expect, test, vi } from "vitest"
import { AnswerReader } from "./answer-reader.ts"
import { createClient } from "./create-client.ts"
import { preparedSend } from "./prepared-send.ts"
import { type Send, sendBy } from "./send.ts"

interface WireRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly hostname: string
  readonly port?: number
  readonly path: string
}

const credentials = { accessKeyId: "k", secretAccessKey: "s", sessionToken: "t" }

/** What is sent, without what is new in every request. */
async function requestsOf(open: (settings: DynamoDBClientConfig) => Send, settings: DynamoDBClientConfig) {
  const sent: unknown[] = []
  const handle = async ({ headers, hostname, port, path }: WireRequest) => {
    const { "amz-sdk-invocation-id": _, authorization, ...rest } = headers
    sent.push({
      headers: rest,
      authorization: authorization?.replace(/Signature=.*/, ""),
      hostname,
      port,
      path,
    })
    return { response: { statusCode: 200, headers: {}, body: new Uint8Array(Buffer.from("{}")) } } as never
  }
  const send = open({ credentials, ...settings, requestHandler: { handle } as never })
  for (let i = 0; i < 3; i++)
    await send(
      "PutItem",
      { TableName: "t", Item: { a: { S: `${i}` } } },
      { signal: undefined, documents: false },
    )
  return sent
}

describe("a client of ours", () => {
  afterEach(() => vi.useRealTimers())

  describe.each<[string, DynamoDBClientConfig]>([
    ["at AWS", { region: "eu-central-1" }],
    ["at AWS, by FIPS", { region: "us-east-1", useFipsEndpoint: true }],
    ["at another address", { region: "us-east-1", endpoint: "http://localhost:8000/dynamo" }],
    ["with a user agent of the caller's", { region: "us-east-1", customUserAgent: [["shop", "1.0"]] }],
  ])("asks as the SDK's own does, %s", (_, settings) => {
    test.each<[string, (settings: DynamoDBClientConfig) => Send]>([
      ["by itself", (given) => sendBy(createClient(given))],
      ["by prepared requests", (given) => preparedSend(createClient(given), new AnswerReader())],
    ])("%s", async (_, open) => {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 1) })
      const ours = await requestsOf(open, settings)
      const theirs = await requestsOf((given) => sendBy(new DynamoDBClient(given)), settings)
      expect(ours).toEqual(theirs)
      expect(ours).toHaveLength(3)
      expect(ours[2]).toMatchObject({ headers: { "user-agent": expect.stringContaining("aws-sdk-js/") } })
    })
  })

  test("signs alike", async () => {
    const sign = async (client: DynamoDBClient) => {
      const signer = await client.config.signer()
      const request = {
        method: "POST",
        protocol: "https:",
        hostname: "dynamodb.us-east-1.amazonaws.com",
        path: "/",
        headers: { host: "dynamodb.us-east-1.amazonaws.com" },
        body: "{}",
      }
      const signed = await signer.sign(request as never, { signingDate: new Date(0) })
      return (signed as unknown as WireRequest).headers
    }
    const settings = { region: "us-east-1", credentials }
    expect(await sign(createClient(settings))).toEqual(await sign(new DynamoDBClient(settings)))
  })

  test("makes one signer, and another where that failed", async () => {
    const { config } = createClient({ region: "us-east-1", credentials })
    expect(await config.signer()).toBe(await config.signer())
    const region = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(new Error("no region"))
      .mockResolvedValue("us-east-1")
    const late = createClient({ region, credentials }).config
    await expect(late.signer()).rejects.toThrow()
    await expect(late.signer()).resolves.toBeDefined()
  })
})
