import { memory } from "@nosql/driver-memory"
import { driverModule, type MongodbAddress } from "@nosql/driver-mongodb"
import type { MongoOptions } from "mongodb"
import { describe, expect, test } from "vitest"
import { clientSettings } from "../../driver-mongodb/src/client-settings.ts"
import { createClient } from "../../driver-mongodb/src/create-client.ts"
import type { optionDeclarations } from "../../driver-mongodb/src/option-declarations.ts"
import { snakeCase } from "../src/config/spelling.ts"
import { NoSQLModule } from "../src/index.ts"
import { type FakeWorld, fakeHost } from "./fake-host.ts"
import { problemsOf } from "./problems-of.ts"

/** The MongoDB driver, which notes the SDK's options in force in place of connecting. */
function watched() {
  const clients: MongoOptions[] = []
  const databases: string[] = []
  const module: typeof driverModule = {
    ...driverModule,
    create(options) {
      driverModule.create(options)
      const settings = clientSettings(options)
      clients.push(createClient(settings).options)
      databases.push(settings.database)
      return memory()
    },
  }
  return { module, clients, databases }
}

/** A value of each option, and where the SDK's client has it. */
const rows: Record<
  Exclude<keyof typeof optionDeclarations, "database">,
  { readonly value: unknown; readonly preset: unknown; readonly read: (options: MongoOptions) => unknown }
> = {
  uri: { value: "mongodb://one:1", preset: "localhost:27017", read: (o) => o.hosts.map(String).join() },
  maxPoolSize: { value: 42, preset: 100, read: (o) => o.maxPoolSize },
  minPoolSize: { value: 7, preset: 10, read: (o) => o.minPoolSize },
  retryWrites: { value: false, preset: true, read: (o) => o.retryWrites },
  retryReads: { value: false, preset: true, read: (o) => o.retryReads },
  readPreference: { value: "nearest", preset: "primaryPreferred", read: (o) => o.readPreference.mode },
  writeConcernW: { value: 2, preset: "majority", read: (o) => o.writeConcern.w },
  authSource: { value: "users", preset: "admin", read: (o) => o.credentials?.source },
  serverSelectionTimeoutMs: { value: 1234, preset: 5000, read: (o) => o.serverSelectionTimeoutMS },
  connectTimeoutMs: { value: 2345, preset: 10_000, read: (o) => o.connectTimeoutMS },
  socketTimeoutMs: { value: 3456, preset: 30_000, read: (o) => o.socketTimeoutMS },
  clientOptions: { value: { appName: "shop", tls: true }, preset: undefined, read: (o) => o.appName },
}

const withUser = { uri: "mongodb://u:p@h" }

/** The block from each source, with a user where the option is about one. */
const places: Readonly<Record<string, (name: string, value: unknown) => FakeWorld & { code?: object }>> = {
  code: (name, value) => ({ code: { [name]: value } }),
  "YAML in snake_case": (name, value) => yaml({ [snakeCase(name)]: value }),
  "YAML in camelCase": (name, value) => yaml({ [name]: value }),
  environment: (name, value) => ({
    env: { [`LEX_NOSQL__MONGODB__${snakeCase(name).toUpperCase()}`]: text(value) },
  }),
  "a variable in YAML": (name, value) => ({
    ...yaml({ [snakeCase(name)]: `\${VALUE}` }),
    env: { VALUE: text(value) },
  }),
}

const text = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value))
const yaml = (block: object) => ({
  files: { "application.yaml": JSON.stringify({ nosql: { mongodb: block } }) },
})

describe.each(Object.entries(rows))("mongodb.%s", (name, { value, preset, read }) => {
  const user = name === "authSource" ? withUser : {}
  const expected = name === "uri" ? "one:1" : name === "clientOptions" ? "shop" : value

  test.each(Object.entries(places))("reaches the SDK's client from %s", async (_, place) => {
    const { code, ...world } = place(name, value)
    const mongo = watched()
    const rowsInForce = await NoSQLModule.configure(
      { mongodb: { ...user, ...code } },
      { drivers: [mongo.module], host: fakeHost(world) },
    ).describeConfig()
    expect(mongo.clients.map(read)).toEqual([expected])
    expect(rowsInForce.find(({ path }) => path === `mongodb.${name}`)?.source).not.toBe("default")
  })

  test("has its default", async () => {
    const mongo = watched()
    const described = await NoSQLModule.configure(
      { mongodb: user },
      { drivers: [mongo.module], host: fakeHost() },
    ).describeConfig()
    expect(mongo.clients.map(read)).toEqual([preset])
    if (name === "clientOptions" || name === "uri") return
    expect(described).toContainEqual({ path: `mongodb.${name}`, value: preset, source: "default" })
  })
})

describe("the URI's own options win over the defaults, and are told as such", () => {
  const uri =
    "mongodb://u:p@h/shop?maxPoolSize=5&retrywrites=false&w=3&readPreference=secondary&serverSelectionTimeoutMS=99"

  test("in the client and in the description", async () => {
    const mongo = watched()
    const described = await NoSQLModule.configure(
      { mongodb: { uri } },
      { drivers: [mongo.module], host: fakeHost() },
    ).describeConfig()
    expect(mongo.databases).toEqual(["shop"])
    expect(mongo.clients[0]).toMatchObject({
      maxPoolSize: 5,
      minPoolSize: 5,
      retryWrites: false,
      retryReads: true,
      serverSelectionTimeoutMS: 99,
    })
    const inForce = Object.fromEntries(described.map(({ path, value, source }) => [path, [value, source]]))
    expect(inForce).toMatchObject({
      "mongodb.uri": [uri.replace("u:p", "***"), "code"],
      "mongodb.database": ["shop", "by uri"],
      "mongodb.maxPoolSize": [5, "by uri"],
      "mongodb.minPoolSize": [5, "by maxPoolSize"],
      "mongodb.retryWrites": [false, "by uri"],
      "mongodb.retryReads": [true, "default"],
      "mongodb.readPreference": ["secondary", "by uri"],
      "mongodb.writeConcernW": [3, "by uri"],
      "mongodb.authSource": ["shop", "by uri"],
      "mongodb.serverSelectionTimeoutMs": [99, "by uri"],
      "mongodb.connectTimeoutMs": [10_000, "default"],
    })
  })

  test("and what is set wins over the URI", async () => {
    const mongo = watched()
    const described = await NoSQLModule.configure(
      { mongodb: { uri, maxPoolSize: 50, authSource: "users", database: "mine" } },
      { drivers: [mongo.module], host: fakeHost() },
    ).describeConfig()
    expect(mongo.clients[0]).toMatchObject({
      maxPoolSize: 50,
      minPoolSize: 10,
      credentials: { source: "users" },
    })
    expect(described).toContainEqual({ path: "mongodb.database", value: "mine", source: "code" })
    expect(described).toContainEqual({ path: "mongodb.minPoolSize", value: 10, source: "default" })
  })
})

describe("what MongoDB's block refuses", () => {
  const problems = (mongodb: object) =>
    problemsOf(
      NoSQLModule.configure<{ mongodb: object }>(
        { mongodb },
        { drivers: [driverModule], host: fakeHost({ env: { LEX_NOSQL__MONGODB__MAX_POOL_SIZE: "20" } }) },
      ).boot(),
    )

  test.each<[object, string]>([
    [{ minPoolSize: 21 }, "code | mongodb.minPoolSize | is 21, more than maxPoolSize, which is 20"],
    [{ minPoolSize: -1 }, "code | mongodb.minPoolSize | is a whole number of at least 0"],
    [
      { readPreference: "primaryPrefered" },
      'code | mongodb.readPreference | expected one of primary, primaryPreferred, secondary, secondaryPreferred, nearest; did you mean "primaryPreferred"?',
    ],
    [
      { writeConcernW: 0 },
      'code | mongodb.writeConcernW | is "majority", a number of at least 1 or the name of a rule (the default is "majority")',
    ],
    [{ uri: "postgres://u:p@h" }, "code | mongodb.uri | begins with mongodb:// or mongodb+srv://"],
    [
      { uri: "mongodb://h/?maxPolSize=3" },
      "code | mongodb.uri | has an option that MongoDB's client does not know; did you mean maxPoolSize?",
    ],
    [{ database: "a b" }, 'code | mongodb.database | has none of / \\ . " $ and no space'],
    [{ maxIdleTimeMS: 5 }, "code | mongodb.maxIdleTimeMS | unknown setting"],
    [
      { clientOptions: { maxPoolSize: 3 } },
      "code | mongodb.clientOptions.maxPoolSize | is stated twice: it is maxPoolSize too",
    ],
  ])("%j", async (block, expected) => {
    const found = await problems(block)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(expected)
  })
})

describe("in production", () => {
  const warnings = async (mongodb: MongodbAddress) => {
    const lines: string[] = []
    const app = await NoSQLModule.configure<{ mongodb: MongodbAddress }>(
      { mongodb },
      {
        profile: "production",
        drivers: [watched().module],
        host: fakeHost(),
        logger: { warn: (_: object, line: string) => void lines.push(line) },
      },
    ).boot()
    await app.close()
    return lines.map((line) => line.replace(/^nosql: the store "default" \(memory\) /, ""))
  }
  const local = "is at a local address: set mongodb.uri"
  const anonymous = "has no credentials: put a user into mongodb.uri, or an authMechanism that needs none"

  test.each<[MongodbAddress, string[]]>([
    [{}, [local, anonymous]],
    [{ uri: "mongodb://u:p@127.0.0.1:27017" }, [local]],
    [{ uri: "mongodb://u:p@[::1]:27017" }, [local]],
    [{ uri: "mongodb://u:p@db1,localhost:27018" }, [local]],
    [{ uri: "mongodb://db.example" }, [anonymous]],
    [{ uri: "mongodb://u:p@db.example" }, []],
    [{ uri: "mongodb+srv://u:p@cluster.example" }, []],
    [{ uri: "mongodb://db.example/?authMechanism=MONGODB-AWS" }, []],
    [{ uri: "mongodb://db.example", clientOptions: { auth: { username: "u", password: "p" } } }, []],
  ])("case %#", async (block, expected) => expect(await warnings(block)).toEqual(expected))
})
