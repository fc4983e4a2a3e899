import { inspect } from "node:util"
import { afterEach, describe, expect, test, vi } from "vitest"
import { DocumentStore, NoSQLModule } from "../src/index.ts"
import { fakeDriver } from "./fake-driver.ts"
import { fakeHost } from "./fake-host.ts"

const password = "hunter2-päss"
const encoded = encodeURIComponent(password)
const key = "key-5f3a9c"
const token = "token-77aa"
const secrets = [password, encoded, key, token]
const url = `fake://ada:${encoded}@db.example/app?sessionToken=${token}`

/** Everything that a value shows of itself. */
function shown(value: unknown): string {
  const json = (inner: unknown) => JSON.stringify(inner) ?? ""
  const deep = inspect(value, { depth: 12, showHidden: true, getters: true })
  return [inspect(value), deep, json(value), String(value), value instanceof Error ? value.stack : ""].join(
    "\n",
  )
}

function expectNoSecret(value: unknown): void {
  const text = shown(value)
  for (const secret of secrets) expect(text).not.toContain(secret)
}

const console_ = vi.spyOn(console, "warn").mockImplementation(() => {})
afterEach(() => console_.mockClear())

/** The same block from each source. */
const places = {
  code: (block: object) => ({ config: { driver: "fake", fake: block }, host: fakeHost() }),
  environment: (block: object) => ({
    config: { driver: "fake" },
    host: fakeHost({ env: { LEX_NOSQL__FAKE: JSON.stringify(block) } }),
  }),
  yaml: (block: object) => ({
    config: { driver: "fake" },
    host: fakeHost({ files: { "application.yaml": JSON.stringify({ nosql: { fake: block } }) } }),
  }),
  "a variable in YAML": (block: object) => ({
    config: { driver: "fake" },
    host: fakeHost({
      files: { "application.yaml": `nosql: { fake: '\${BLOCK}' }` },
      env: { BLOCK: JSON.stringify(block) },
    }),
  }),
} as const

describe.each(Object.entries(places))("secrets from %s are not shown", (_, place) => {
  const module = (block: object, options = {}) => {
    const { config, host } = place({ url, apiKey: key, ...block })
    return NoSQLModule.configure(config, { drivers: [fakeDriver().module], host, ...options })
  }

  test("by the module, the application, its health and its description", async () => {
    const app = await module({ down: `cannot reach ${url} with ${key}: ${password}` }).boot()
    expectNoSecret(module({}))
    expectNoSecret(app)
    const health = await app.health()
    expect(health.stores["default"]?.reason).toBe(
      "cannot reach fake://***@db.example/app?sessionToken=*** with ***: ***",
    )
    expectNoSecret(health)
    expectNoSecret(app.describeConfig().filter(({ path }) => path !== "fake.down"))
    expect(app.describeConfig()).toContainEqual(
      expect.objectContaining({ path: "fake.url", value: "fake://***@db.example/app?sessionToken=***" }),
    )
    expect(app.describeConfig()).toContainEqual(
      expect.objectContaining({ path: "fake.apiKey", value: "***" }),
    )
    await app.close()
    app.close().catch(expectNoSecret)
  })

  test.each([
    ["at connect", { failOpen: `no route to ${url} (${key}, ${token})` }],
    ["when it is made", { failMake: `bad ${url}: ${password} ${key}` }],
    ["with a wrong option beside", { poolSize: 0, minPoolSize: 3 }],
    ["of a wrong type", { url: { user: password }, apiKey: [key, token] }],
    ["under an unknown name", { pasword: password, api_keys: key }],
  ])("by the error: %s", async (_, block) => {
    const error: unknown = await module(block)
      .boot()
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: "NoSQLError" })
    expectNoSecret(error)
  })

  test("by the error of close, and by what is logged in production", async () => {
    const local = url.replace("db.example", "localhost")
    const logged: unknown[] = []
    const app = await module(
      { url: local, failClose: `cannot end ${local}: ${token}` },
      { profile: "production", logger: { warn: (...line: unknown[]) => logged.push(line) } },
    ).boot()
    expect(logged).toHaveLength(1)
    expectNoSecret(logged)
    const error: unknown = await app.close().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: "NoSQLError", operation: "close" })
    expectNoSecret(error)
  })
})

test("YAML that cannot be read is not quoted", async () => {
  const text = `nosql:\n  fake: { url: "${url}\n  x: [${key}\n`
  const error: unknown = await NoSQLModule.configure({ driver: "fake" } as object, {
    drivers: [fakeDriver().module],
    host: fakeHost({ files: { "application.yaml": text } }),
  })
    .boot()
    .catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: "config" })
  expectNoSecret(error)
})

test("a password that reads as an alias of YAML is not quoted", async () => {
  const error: unknown = await NoSQLModule.configure({ driver: "fake" } as object, {
    drivers: [fakeDriver().module],
    host: fakeHost({ files: { "application.yaml": `nosql:\n  fake: { url: *${key} }\n` } }),
  })
    .boot()
    .catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: "config" })
  expectNoSecret(error)
})

test("JSON text that cannot be read is not quoted", async () => {
  const env = { LEX_NOSQL__FAKE: `{"url":"${url}",,}`, LEX_NOSQL__BACKENDS: `[{"${key}` }
  const error: unknown = await NoSQLModule.configure({ driver: "fake" } as object, {
    drivers: [fakeDriver().module],
    host: fakeHost({ env }),
  })
    .boot()
    .catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: "config" })
  expectNoSecret(error)
})

test("an address in the place of a driver's name is not repeated", async () => {
  const error: unknown = await NoSQLModule.configure({ driver: url }, { host: fakeHost() })
    .boot()
    .catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: "config" })
  expectNoSecret(error)
})

test("the store itself shows nothing", async () => {
  const app = await NoSQLModule.configure({ driver: "fake", fake: { url, apiKey: key } } as object, {
    drivers: [fakeDriver().module],
    host: fakeHost(),
  }).boot()
  expectNoSecret(app.resolve(DocumentStore))
  await app.close()
})

test("a secret among the settings of all stores is not shown either, right or wrong", async () => {
  const options = {
    drivers: [fakeDriver().module],
    host: fakeHost({ env: { LEX_NOSQL__CURSOR_SECRET: key } }),
  }
  const rows = await NoSQLModule.configure({ driver: "fake" }, options).describeConfig()
  expect(rows).toContainEqual({ path: "cursorSecret", value: "***", source: "LEX_NOSQL__CURSOR_SECRET" })
  expectNoSecret(rows)
  const wrong: unknown = await NoSQLModule.configure(
    { driver: "fake", cursorSecret: [key] as unknown as string },
    options,
  )
    .boot()
    .catch((reason: unknown) => reason)
  expect(wrong).toMatchObject({ code: "config" })
  expectNoSecret(wrong)
})
