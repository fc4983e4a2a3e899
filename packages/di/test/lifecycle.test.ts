import { inspect } from "node:util"
import { afterEach, describe, expect, test, vi } from "vitest"
import { DocumentStore, NoSQLModule, type RepositoryClass } from "../src/index.ts"
import { fakeDriver } from "./fake-driver.ts"
import { fakeHost } from "./fake-host.ts"
import { errorOf } from "./problems-of.ts"

const console_ = vi.spyOn(console, "warn").mockImplementation(() => {})
afterEach(() => console_.mockClear())

const host = fakeHost()

/** Stores a, b, c … of the fake driver, with these options. */
function several(...blocks: Readonly<Record<string, unknown>>[]) {
  const fake = fakeDriver()
  const names = "abcdef"
  const backends = blocks.map((block, i) => ({
    name: names.charAt(i),
    driver: "fake",
    fake: { url: `fake://${names[i]}`, ...block },
  }))
  const module = (options: object = {}) =>
    NoSQLModule.configure<{ fake: object }>({ backends }, { drivers: [fake.module], host, ...options })
  return { fake, module }
}

describe("boot", () => {
  test("opens all stores at once, and keeps the order of the configuration", async () => {
    const { fake, module } = several({ delayMs: 60 }, { delayMs: 30 }, {})
    const app = await module().boot()
    expect(fake.events).toEqual(["open fake://c", "open fake://b", "open fake://a"])
    expect(Object.keys((await app.health()).stores)).toEqual(["a", "b", "c"])
    await app.close()
    expect(fake.events.slice(3)).toEqual(["close fake://c", "close fake://b", "close fake://a"])
  })

  test("when one fails, the others are closed, and the error names it and why", async () => {
    const { fake, module } = several({ delayMs: 20 }, { failOpen: "no route to host" }, {})
    const error = await errorOf(module().boot())
    expect(error.message).toBe('boot: the store "b" (fake) did not open: no route to host')
    expect(error).toMatchObject({ code: "unknown", operation: "boot", backend: "fake", retryable: false })
    expect(error.details).toEqual({
      failures: [{ store: "b", backend: "fake", code: "unknown", reason: "no route to host" }],
    })
    expect((error.cause as Error).message).toBe("no route to host")
    expect(fake.events).toEqual(["open fake://c", "open fake://a", "close fake://c", "close fake://a"])
  })

  test("every store that fails is named; one that cannot be closed either does not hide them", async () => {
    const { module } = several({ failOpen: "first" }, { failClose: "stuck" }, { failOpen: "second" })
    const error = await errorOf(module().boot())
    expect(error.message).toBe(
      'boot: the store "a" (fake) did not open: first; the store "c" (fake) did not open: second; of the others 1 could not be closed',
    )
  })

  test("a store that gives no answer at all ends the boot in time; one that answers too late is closed", async () => {
    const { fake, module } = several({}, { hang: true }, { delayMs: 120 })
    const error = await errorOf(module({ bootTimeoutMs: 50 }).boot())
    expect(error).toMatchObject({ code: "timeout", retryable: true })
    expect(error.message).toContain('the store "b" (fake) did not open: connect: no answer within 50 ms')
    await vi.waitFor(() => expect(fake.events).toContain("close fake://c"))
  })

  test("a module may be booted again after a failure", async () => {
    const env = { LEX_NOSQL__DRIVER: "fake", LEX_NOSQL__FAKE__FAIL_OPEN: "not yet" }
    const module = NoSQLModule.configure({}, { drivers: [fakeDriver().module], host: { ...host, env } })
    await errorOf(module.boot())
    Reflect.deleteProperty(env, "LEX_NOSQL__FAKE__FAIL_OPEN")
    await (await module.boot()).close()
  })
})

describe("close", () => {
  test("goes on when a store fails, then reports it; it may be called again", async () => {
    const { fake, module } = several({ failClose: "first" }, {}, { failClose: "third" })
    const app = await module().boot()
    const error = await errorOf(app.close())
    expect(error.message).toBe(
      'close: the store "c" did not close: third; the store "a" did not close: first; the other stores are closed',
    )
    expect(error.details).toEqual({
      failures: [
        { store: "c", reason: "third" },
        { store: "a", reason: "first" },
      ],
    })
    expect(fake.events.slice(3)).toEqual(["close fake://c", "close fake://b", "close fake://a"])
    await app.close().catch(() => {})
    expect(fake.events).toHaveLength(6)
  })

  test("ends resolving, and what was resolved before", async () => {
    const app = await NoSQLModule.stub().boot()
    const store = app.resolve(DocumentStore)
    await app[Symbol.asyncDispose]()
    expect(() => app.resolve(DocumentStore)).toThrow(expect.objectContaining({ code: "closed" }))
    expect(await errorOf(store.collection("x").insertOne({}))).toMatchObject({ code: "closed" })
    expect(await app.health()).toEqual({ status: "down", stores: {} })
    expect(app.liveness()).toEqual({ status: "down" })
    expect(await app.readiness()).toMatchObject({ ready: false })
  })
})

describe("health", () => {
  test("is the worst of all, with each store's status, time and reason", async () => {
    const { module } = several({}, { down: "the disk is full" })
    const app = await module().boot()
    expect(await app.health()).toEqual({
      status: "down",
      stores: {
        a: { status: "up", backend: "fake", latencyMs: expect.any(Number) },
        b: { status: "down", backend: "fake", latencyMs: expect.any(Number), reason: "the disk is full" },
      },
    })
    expect(app.liveness()).toEqual({ status: "up" })
    expect(await app.readiness()).toMatchObject({ ready: false, status: "down" })
    await app.close()
  })

  test("ends in time when a store does not answer", async () => {
    const { module } = several({ down: "hang" }, {})
    const app = await module().boot()
    const health = await app.readiness({ timeoutMs: 30 })
    expect(health).toMatchObject({ ready: false, stores: { a: { status: "down" }, b: { status: "up" } } })
    expect(health.stores["a"]?.reason).toContain("30 ms")
    expect(app.liveness()).toEqual({ status: "up" })
    await app.close()
  })
})

describe("enabled: false", () => {
  const files = {
    "application.yaml": "nosql:\n  enabled: false\n  driver: not-installed\n  couch: { url: x }\n",
  }

  test("opens nothing, loads nothing, and says so on use, and where it comes from", async () => {
    class Repository {
      readonly store: DocumentStore
      constructor(store: DocumentStore) {
        this.store = store
      }
    }
    const importPackage = () => Promise.reject(new Error("loaded"))
    const app = await NoSQLModule.configure(undefined, { host: { ...fakeHost({ files }), importPackage } })
      .scope(Repository)
      .boot()
    const message =
      "resolve: there is no store, because nosql is disabled (enabled is false: application.yaml:2)"
    for (const token of [DocumentStore, Repository as RepositoryClass]) {
      expect(() => app.resolve(token as typeof DocumentStore)).toThrow(
        expect.objectContaining({ code: "failed-precondition", message }),
      )
    }
    expect(await app.health()).toEqual({ status: "disabled", stores: {} })
    expect(await app.readiness()).toEqual({ ready: true, status: "disabled", stores: {} })
    expect(app.liveness()).toEqual({ status: "up" })
    await app.close()
  })

  test("is a switch like any other", async () => {
    const env = { LEX_NOSQL__ENABLED: "true", LEX_NOSQL__DRIVER: "fake" }
    const app = await NoSQLModule.configure(undefined, {
      drivers: [fakeDriver().module, fakeDriver("couch").module],
      host: fakeHost({ files, env }),
    }).boot()
    expect(await app.health()).toMatchObject({ status: "up" })
    await app.close()
  })
})

describe("two boots share nothing", () => {
  test("neither data, nor settings, nor repositories", async () => {
    class Repository {
      readonly store: DocumentStore
      constructor(store: DocumentStore) {
        this.store = store
      }
    }
    const module = NoSQLModule.stub().scope(Repository)
    const [first, second] = await Promise.all([module.boot(), module.boot()])
    await first.resolve(DocumentStore).collection("things").insertOne({ _id: "a" })
    expect(await second.resolve(DocumentStore).collection("things").count({})).toBe(0)
    expect(first.resolve(Repository)).toBe(first.resolve(Repository))
    expect(first.resolve(Repository)).not.toBe(second.resolve(Repository))
    await first.close()
    expect(await second.resolve(Repository).store.collection("things").insertOne({ _id: "b" })).toBe("b")
    await second.close()
  })

  test("scope makes another module", async () => {
    class One {}
    const bare = NoSQLModule.stub()
    const scoped = bare.scope(One)
    const [a, b] = [await bare.boot(), await scoped.boot()]
    expect(b.resolve(One)).toBeInstanceOf(One)
    expect(() => a.resolve(One)).toThrow(/One is not in the scope/)
    await Promise.all([a.close(), b.close()])
  })
})

describe("production", () => {
  const boot = async (url: string | undefined, options: object, env: Record<string, string> = {}) => {
    const lines: string[] = []
    const app = await NoSQLModule.configure<{ fake: object }>(
      { driver: "fake", fake: url === undefined ? {} : { url } },
      {
        drivers: [fakeDriver().module],
        host: fakeHost({ env }),
        logger: { warn: (_fields: object, message: string) => void lines.push(message) },
        ...options,
      },
    ).boot()
    await app.close()
    return lines
  }
  const warning = 'nosql: the store "default" (fake) is at a local address (fake://localhost)'

  test.each([
    ["the profile production", { profile: "production" }, {}],
    ["the profile prod", { profile: "prod" }, {}],
    ["LEX_PROFILE", {}, { LEX_PROFILE: "production" }],
    ["NODE_ENV", {}, { NODE_ENV: "production" }],
  ] as const)("%s: a driver's warnings are logged, once each", async (_, options, env) => {
    expect(await boot(undefined, options, env)).toEqual([warning])
    expect(await boot("fake://far", options, env)).toEqual([])
  })

  test("elsewhere nothing is said; without a logger the console has it", async () => {
    expect(await boot(undefined, { profile: "test" }, { NODE_ENV: "test" })).toEqual([])
    await boot(undefined, { profile: "prod", logger: undefined })
    expect(console_.mock.calls).toEqual([[warning]])
  })
})

test("an application and a module show nothing but their names", async () => {
  const app = await NoSQLModule.stub().boot()
  expect(inspect(NoSQLModule.stub())).toBe("NoSQLModule {}")
  expect(JSON.stringify(app)).toBe('{"provisioned":[]}')
  await app.close()
})
