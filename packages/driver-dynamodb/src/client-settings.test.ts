import { NoSQLError } from "@nosql/contracts"
import { describe, expect, test, vi } from "vitest"
import { clientSettings } from "./client-settings.ts"
import type { DynamodbAddress } from "./dynamodb-options.ts"
import { openClient } from "./open-client.ts"
import { productionWarnings } from "./production-warnings.ts"

function problemsOf(options: object): unknown {
  try {
    openClient(options as DynamodbAddress).client.destroy()
    return undefined
  } catch (error) {
    if (!NoSQLError.isInstance(error)) throw error
    expect(error.code).toBe("config")
    return (error.details["problems"] as { path: string }[]).map(({ path }) => path)
  }
}

describe("options", () => {
  test.each<[object, readonly string[] | undefined]>([
    [{ region: "eu-central-1" }, undefined],
    [{ regoin: "eu-central-1" }, ["regoin"]],
    [{ region: "EU Central" }, ["region"]],
    [{ endpoint: "localhost:8000" }, ["endpoint"]],
    [{ endpoint: "http://user:secret@localhost:8000" }, ["endpoint"]],
    [{ tablePrefix: "a/b" }, ["tablePrefix"]],
    [{ tables: [] }, ["tables"]],
    [{ tables: new Map([["a", { table: "Abc", keys: { partition: "pk" } }]]) }, ["tables"]],
    [{ tables: { a: { table: "Abc" } } }, ["tables"]],
    [{ tables: { "bad name!": { table: "Abc", keys: { partition: "pk" } } } }, ["tables"]],
    [{ tables: { "system.a": { table: "Abc", keys: { partition: "pk" } } } }, ["tables"]],
    [{ tables: { a: { table: "", keys: { partition: "pk" } } } }, ["tables"]],
    [{ tables: { a: { table: "T x!", keys: { partition: "pk" } } } }, ["tables"]],
    [{ tables: { a: { table: "T".repeat(256), keys: { partition: "pk" } } } }, ["tables"]],
    [{ tables: { a: { table: "Abc", keys: { partition: "pk", sort: "pk" } } } }, ["tables"]],
    [{ tables: { a: { table: "Abc", keys: { partition: "p".repeat(256) } } } }, ["tables"]],
    [
      { tables: { a: { table: "Abc", keys: { partition: "pk" }, indexes: { "by x": { partition: "x" } } } } },
      ["tables"],
    ],
    [{ tables: { a: { table: "Abc", keys: { partition: "_id" } } } }, ["tables"]],
    [{ tables: { a: { table: "Abc", keys: { partition: "_nosql_pk" } } } }, ["tables"]],
    [{ tables: { a: { table: "Abc", keys: { partition: "pk", range: "sk" } } } }, ["tables"]],
    [{ maxAttempts: 0 }, ["maxAttempts"]],
    [{ accessKeyId: "k" }, ["secretAccessKey"]],
    [{ secretAccessKey: "s" }, ["accessKeyId"]],
    [{ sessionToken: "t" }, ["sessionToken"]],
    [{ profile: "p", accessKeyId: "k", secretAccessKey: "s" }, ["profile"]],
    [{ region: "eu-central-1", clientOptions: { region: "x" } }, ["clientOptions.region"]],
    [{ client: {} }, ["client"]],
    [{ client: { send() {} }, region: "eu-central-1" }, ["region"]],
  ])("%j: %j", (options, problems) => {
    expect(problemsOf(options)).toEqual(problems)
  })

  test("the error holds no value", () => {
    const secret = "s3cr3t"
    const options = { accessKeyId: secret, sessionToken: secret, endpoint: `ftp://${secret}` }
    expect(() => clientSettings(options)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(secret) }),
    )
  })

  test("the SDK neither repeats nor copies answers for a logger", () => {
    const { maxAttempts, logger } = clientSettings({ region: "eu-central-1" })
    expect(maxAttempts).toBe(1)
    expect(logger).toBeDefined()
    expect(logger && "info" in logger).toBe(false)
  })

  test("a server at a local address needs no region and no credentials", () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "")
    vi.stubEnv("AWS_PROFILE", "")
    vi.stubEnv("AWS_REGION", undefined)
    vi.stubEnv("AWS_DEFAULT_REGION", undefined)
    expect(clientSettings({ endpoint: "http://localhost:8000" })).toMatchObject({
      region: "us-east-1",
      credentials: { accessKeyId: "local" },
    })
    expect(clientSettings({ endpoint: "https://dynamodb.example.net" })).not.toHaveProperty("credentials")
    expect(clientSettings({})).not.toHaveProperty("region")
    vi.unstubAllEnvs()
  })

  test("keys and tokens reach the SDK", () => {
    const credentials = { accessKeyId: "k", secretAccessKey: "s", sessionToken: "t" }
    expect(clientSettings({ region: "eu-central-1", ...credentials })).toMatchObject({ credentials })
    expect(clientSettings({ profile: "p" })).toMatchObject({ profile: "p" })
  })

  test("what is unwise in production is said", () => {
    expect(productionWarnings({ endpoint: "http://127.0.0.1:8000" }).join()).toContain("local address")
    expect(productionWarnings({ accessKeyId: "k", secretAccessKey: "s" }).join()).toContain("permanent")
    expect(productionWarnings({ region: "eu-central-1" })).toEqual([])
  })
})
