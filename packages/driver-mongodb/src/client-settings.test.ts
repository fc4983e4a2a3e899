import { inspect } from "node:util"
import { NoSQLError } from "@nosql/contracts"
import { MongoClient, type MongoOptions } from "mongodb"
import { describe, expect, test } from "vitest"
import { clientSettings } from "./client-settings.ts"
import { createClient } from "./create-client.ts"
import { mongodb } from "./mongodb.ts"
import type { MongodbAddress, MongodbOptions } from "./mongodb-options.ts"

/** What the SDK's client made of the options holds in the end. */
function effective(options: MongodbAddress): MongoOptions {
  return createClient(clientSettings(options)).options
}

/** How each option shows in the client; `value` differs from the default and from the SDK's default. */
const table = [
  {
    name: "maxPoolSize",
    value: 42,
    uri: "maxPoolSize=43",
    inUri: 43,
    preset: 100,
    read: (o: MongoOptions) => o.maxPoolSize,
  },
  {
    name: "minPoolSize",
    value: 7,
    uri: "minPoolSize=8",
    inUri: 8,
    preset: 10,
    read: (o: MongoOptions) => o.minPoolSize,
  },
  {
    name: "retryWrites",
    value: false,
    uri: "retryWrites=false",
    inUri: false,
    preset: true,
    read: (o: MongoOptions) => o.retryWrites,
  },
  {
    name: "retryReads",
    value: false,
    uri: "retryReads=false",
    inUri: false,
    preset: true,
    read: (o: MongoOptions) => o.retryReads,
  },
  {
    name: "readPreference",
    value: "nearest",
    uri: "readPreference=secondary",
    inUri: "secondary",
    preset: "primaryPreferred",
    read: (o: MongoOptions) => o.readPreference.mode,
  },
  {
    name: "writeConcernW",
    value: 2,
    uri: "w=3",
    inUri: 3,
    preset: "majority",
    read: (o: MongoOptions) => o.writeConcern.w,
  },
  {
    name: "serverSelectionTimeoutMs",
    value: 1234,
    uri: "serverSelectionTimeoutMS=1235",
    inUri: 1235,
    preset: 5000,
    read: (o: MongoOptions) => o.serverSelectionTimeoutMS,
  },
  {
    name: "connectTimeoutMs",
    value: 2345,
    uri: "connectTimeoutMS=2346",
    inUri: 2346,
    preset: 10_000,
    read: (o: MongoOptions) => o.connectTimeoutMS,
  },
  {
    name: "socketTimeoutMs",
    value: 3456,
    uri: "socketTimeoutMS=3457",
    inUri: 3457,
    preset: 30_000,
    read: (o: MongoOptions) => o.socketTimeoutMS,
  },
] as const

describe.each(table)("$name", ({ name, value, uri, inUri, preset, read }) => {
  const stated = { [name]: value } as MongodbAddress

  test("reaches the client", () => expect(read(effective(stated))).toBe(value))
  test("has its default", () => expect(read(effective({}))).toBe(preset))
  test("in the URI wins over the default, in any case of letters", () => {
    expect(read(effective({ uri: `mongodb://h/?${uri}` }))).toBe(inUri)
    expect(read(effective({ uri: `mongodb://h/?${uri.toLowerCase()}` }))).toBe(inUri)
  })
  test("stated wins over the URI", () => {
    expect(read(effective({ ...stated, uri: `mongodb://h/?${uri}` }))).toBe(value)
  })
})

describe("the address", () => {
  test("uri reaches the client; the default is the local server", () => {
    expect(effective({ uri: "mongodb://one:1,two:2" }).hosts.map(String)).toEqual(["one:1", "two:2"])
    expect(effective({}).hosts.map(String)).toEqual(["localhost:27017"])
  })

  test.each([
    [{ database: "mine" }, "mine"],
    [{ database: "mine", uri: "mongodb://h/theirs" }, "mine"],
    [{ uri: "mongodb://h/theirs?w=1" }, "theirs"],
    [{ uri: "mongodb://h/my%2Ddata" }, "my-data"],
    [{ uri: "mongodb://h" }, "test"],
    [{}, "test"],
  ])("database of %j is %s", (options, database) => {
    expect(clientSettings(options).database).toBe(database)
  })
})

describe("authSource", () => {
  const source = (options: MongodbAddress) => effective(options).credentials?.source
  const auth = { username: "u", password: "p" }

  test.each<[MongodbAddress, string | undefined]>([
    [{ uri: "mongodb://u:p@h" }, "admin"],
    [{ uri: "mongodb://u:p@h", database: "shop" }, "admin"],
    [{ uri: "mongodb://u:p@h", authSource: "users" }, "users"],
    [{ uri: "mongodb://u:p@h/?authSource=theirs" }, "theirs"],
    [{ uri: "mongodb://u:p@h/?authsource=theirs", authSource: "users" }, "users"],
    // A URI's path is its own word on where its user is known.
    [{ uri: "mongodb://u:p@h/shop" }, "shop"],
    [{ uri: "mongodb://u:p@h/shop", authSource: "admin" }, "admin"],
    [{ clientOptions: { auth } }, "admin"],
    [{ uri: "mongodb://h/shop", clientOptions: { auth } }, "admin"],
    [{ uri: "mongodb://h/shop?authSource=theirs", clientOptions: { auth } }, "theirs"],
    [{ uri: "mongodb://h", authSource: "users" }, undefined],
    [{ uri: "mongodb://h" }, undefined],
    [{ uri: "mongodb://h/?authMechanism=MONGODB-X509&tls=true" }, "$external"],
    [{ uri: "mongodb://h/?authMechanism=MONGODB-AWS" }, "$external"],
    [
      {
        uri: "mongodb://h/shop",
        clientOptions: { authMechanism: "MONGODB-OIDC", authMechanismProperties: { ENVIRONMENT: "k8s" } },
      },
      "$external",
    ],
  ])("case %#", (options, expected) => expect(source(options)).toBe(expected))

  test("an SRV record may still name it", () => {
    const { userSpecifiedAuthSource } = effective({
      uri: "mongodb+srv://u:p@example.com",
    }) as MongoOptions & { userSpecifiedAuthSource: boolean }
    expect(userSpecifiedAuthSource).toBe(false)
  })
})

describe("pools", () => {
  test.each<[MongodbAddress, number, number]>([
    [{ maxPoolSize: 5 }, 5, 5],
    [{ uri: "mongodb://h/?maxPoolSize=3" }, 3, 3],
    [{ uri: "mongodb://h/?maxPoolSize=0" }, 0, 0],
    [{ uri: "mongodb://h/?maxpoolsize=3", maxPoolSize: 50 }, 50, 10],
    [{ minPoolSize: 0 }, 100, 0],
  ])("%j", (options, max, min) => {
    expect(effective(options)).toMatchObject({ maxPoolSize: max, minPoolSize: min })
  })

  test.each<MongodbAddress>([
    { minPoolSize: 9, maxPoolSize: 8 },
    { minPoolSize: 101 },
    { uri: "mongodb://h/?minPoolSize=9", maxPoolSize: 8 },
    { uri: "mongodb://h/?minPoolSize=9&maxPoolSize=8" },
  ])("a minimum over the maximum is refused: %j", (options) => {
    expect(configErrorOf(options)).toMatchObject({ path: "minPoolSize" })
  })
})

describe("what goes together", () => {
  test("tags and staleness of the URI join our read preference", () => {
    const { readPreference } = effective({
      uri: "mongodb://h/?readPreferenceTags=dc:ny&maxStalenessSeconds=120",
    })
    expect(readPreference).toMatchObject({
      mode: "primaryPreferred",
      tags: [{ dc: "ny" }],
      maxStalenessSeconds: 120,
    })
  })

  test("the journal of the URI joins our write concern", () => {
    expect(effective({ uri: "mongodb://h/?journal=true" }).writeConcern).toMatchObject({
      w: "majority",
      journal: true,
    })
  })

  test("a write concern among the SDK's own options is the caller's", () => {
    expect(effective({ clientOptions: { writeConcern: { w: 1 } } }).writeConcern).toMatchObject({ w: 1 })
    expect(effective({ clientOptions: { writeConcern: { journal: true } } }).writeConcern).toMatchObject({
      w: "majority",
      journal: true,
    })
    expect(effective({ writeConcernW: "rule" }).writeConcern).toMatchObject({ w: "rule" })
  })

  test("the SDK's own options pass through and win over the URI", () => {
    const options = effective({
      uri: "mongodb://h/?appName=theirs&maxPoolSize=9",
      clientOptions: { appName: "mine", tls: true, maxIdleTimeMS: 5, compressors: ["zlib"], maxPoolSize: 20 },
    })
    expect(options).toMatchObject({
      appName: "mine",
      tls: true,
      maxIdleTimeMS: 5,
      compressors: ["zlib"],
      maxPoolSize: 20,
      minPoolSize: 10,
    })
  })

  test("undefined is not stated", () => {
    const options = {
      maxPoolSize: undefined,
      clientOptions: { appName: undefined },
    } as unknown as MongodbAddress
    expect(effective(options)).toMatchObject({ maxPoolSize: 100 })
  })
})

describe("what is refused, before any I/O", () => {
  test.each<[unknown, string, RegExp]>([
    [{ maxPoolSize: 0 }, "maxPoolSize", /whole number of at least 1/],
    [{ maxPoolSize: "10" }, "maxPoolSize", /whole number/],
    [{ minPoolSize: -1 }, "minPoolSize", /at least 0/],
    [{ connectTimeoutMs: 1.5 }, "connectTimeoutMs", /whole number/],
    [{ socketTimeoutMs: Number.NaN }, "socketTimeoutMs", /whole number/],
    [{ retryWrites: "yes" }, "retryWrites", /true or false/],
    [{ readPreference: "primaryprefered" }, "readPreference", /primaryPreferred/],
    [{ writeConcernW: 0 }, "writeConcernW", /at least 1/],
    [{ writeConcernW: "1" }, "writeConcernW", /majority/],
    [{ uri: "mongodb://h/?w=0" }, "writeConcernW", /unacknowledged/],
    [{ authSource: "" }, "authSource", /database/],
    [{ database: "a b" }, "database", /no space/],
    [{ database: "a".repeat(64) }, "database", /63 bytes/],
    [{ uri: "mongodb://h/a.b" }, "uri", /database/],
    [{ uri: 5 }, "uri", /string/],
    [{ maxPoolSise: 5 }, "maxPoolSise", /did you mean maxPoolSize/],
    [{ appname: "x" }, "appname", /did you mean clientOptions: { appName }/],
    [{ clientOptions: { appNam: "x" } }, "clientOptions", /did you mean appName/],
    [{ clientOptions: { foo: 1 } }, "clientOptions", /client does not know$/],
    [{ uri: "mongodb://h/?foo=1" }, "uri", /client does not know$/],
    [{ clientOptions: { dbName: "x" } }, "clientOptions.dbName", /database/],
    [{ clientOptions: { timeoutMS: 5 } }, "clientOptions.timeoutMS", /timeoutMs/],
    [{ maxPoolSize: 5, clientOptions: { maxPoolSize: 6 } }, "clientOptions.maxPoolSize", /twice/],
    [{ uri: "mongodb://h/?maxPoolSise=5" }, "uri", /did you mean maxPoolSize/],
    [{ uri: "mongodb://h/?maxPoolSize=five" }, "maxPoolSize", /value/],
    [{ uri: "mongodb://h/?compressors=rar" }, "uri", /value/],
    [{ uri: "mongodb://h/?authMechanism=NONE" }, "authMechanism", /value/],
    [{ uri: "postgres://h" }, "uri", /begins with mongodb/],
    [{ uri: "mongodb://" }, "uri", /host/],
    [{ uri: "mongodb+srv://a,b" }, "uri", /one host/],
    [{ uri: "mongodb+srv://a:27017" }, "uri", /no port/],
    [{ client: {} }, "client", /MongoClient/],
    [{ client: new MongoClient("mongodb://h"), maxPoolSize: 5 }, "maxPoolSize", /client of your own/],
    [{ client: new MongoClient("mongodb://h"), uri: "mongodb://h" }, "uri", /client of your own/],
    [{ client: new MongoClient("mongodb://h/?w=0") }, "writeConcernW", /unacknowledged/],
  ])("%j", async (options, path, problem) => {
    const error: unknown = await mongodb(options as MongodbOptions)
      .connect()
      .catch((reason: unknown) => reason)
    if (!NoSQLError.isInstance(error)) throw error
    expect(error).toMatchObject({
      code: "config",
      operation: "connect",
      backend: "mongodb",
      path,
      retryable: false,
    })
    expect(error.message).toMatch(problem)
  })

  test("all problems are told at once", () => {
    const error = configErrorOf({
      maxPoolSize: -1,
      retryReads: 1,
      minPolSize: 1,
    } as unknown as MongodbAddress)
    expect(error.details["problems"]).toMatchObject([
      { path: "maxPoolSize" },
      { path: "retryReads" },
      { path: "minPolSize" },
    ])
  })
})

describe("secrets", () => {
  // Passwords that break the URI in every way that one does by mistake.
  test.each([
    "mongodb://user:hunter2@h/?maxPoolSise=1",
    "mongodb://user:hunter2@h/?maxPoolSize=hunter2",
    "mongodb://user:hun/ter2@h/db",
    "mongodb://user:p@hunter2@h/db",
    "mongodb://user:p@ss?hunter2@h/db",
    "mongodb://user:p@ss?hunter2=1@h/db",
    "mongodb://user:p@ss/hunter2?x@h/db",
    "mongodb://hunter2@:27017",
    "mongodb://user:%E0hunter2@h",
    "mongo://user:hunter2@h",
    "mongodb+srv://user:hunter2@h:1/",
    "mongodb://user:hunter2@h/hunter2.db",
    "hunter2",
  ])("%s", (uri) => {
    const error = configErrorOf({ uri })
    const told = [error.message, inspect(error, { depth: 10 }), JSON.stringify(error), error.stack].join("\n")
    expect(told.replaceAll(/at .*/g, "")).not.toContain("hunter2")
    expect(error.cause).toBeUndefined()
  })

  test("neither the driver nor the store that it makes shows the options", () => {
    expect(inspect(mongodb({ uri: "mongodb://user:hunter2@h" }), { depth: 10 })).not.toContain("hunter2")
  })
})

function configErrorOf(options: MongodbAddress): NoSQLError {
  try {
    createClient(clientSettings(options))
  } catch (error) {
    if (NoSQLError.isInstance(error)) return error
    throw error
  }
  throw new Error("no error")
}
