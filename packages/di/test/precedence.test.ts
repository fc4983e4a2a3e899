import { describe, expect, test } from "vitest"
import { NoSQLModule } from "../src/index.ts"
import { fakeDriver } from "./fake-driver.ts"
import { type FakeWorld, fakeHost } from "./fake-host.ts"

/** Each source sets another value; the later ones are added one by one. */
const sources = [
  { name: "default", world: {}, value: undefined, source: "default" },
  {
    name: "application.yaml",
    world: { files: { "application.yaml": "nosql:\n  fake:\n    pool_size: 1\n" } },
    value: 1,
    source: "application.yaml:3",
  },
  {
    name: "application.test.yaml",
    world: { files: { "application.test.yaml": "nosql:\n  fake: { poolSize: 2 }\n" } },
    value: 2,
    source: "application.test.yaml:2",
  },
  {
    name: "environment",
    world: { env: { LEX_NOSQL__FAKE__POOL_SIZE: "3" } },
    value: 3,
    source: "LEX_NOSQL__FAKE__POOL_SIZE",
  },
  { name: "code", world: { code: { poolSize: 4 } }, value: 4, source: "code" },
] as const

type Part = FakeWorld & { readonly code?: object }

/** Every subset of the sources. */
const subsets = Array.from({ length: 2 ** (sources.length - 1) }, (_, bits) => [
  sources[0],
  ...sources.slice(1).filter((_, i) => bits & (1 << i)),
])

describe("the later source wins, whichever are there", () => {
  test.each(subsets.map((subset) => [subset.map(({ name }) => name).join(" < "), subset] as const))(
    "%s",
    async (_, subset) => {
      const parts: Part[] = subset.map(({ world }) => world)
      const fake = fakeDriver()
      const module = NoSQLModule.configure(
        { driver: "fake", fake: Object.assign({}, ...parts.map(({ code }) => code)) } as object,
        {
          profile: "test",
          drivers: [fake.module],
          host: fakeHost({
            files: Object.assign({}, ...parts.map(({ files }) => files)),
            env: Object.assign({}, ...parts.map(({ env }) => env)),
          }),
        },
      )
      const rows = await module.describeConfig()
      const last = subset.at(-1)
      expect(fake.made).toEqual([last?.value === undefined ? {} : { poolSize: last.value }])
      expect(rows.find(({ path }) => path === "fake.poolSize")).toEqual({
        path: "fake.poolSize",
        value: last?.value ?? 10,
        source: last?.source,
      })
    },
  )
})

describe("how sources are laid over each other", () => {
  const files = {
    "application.yaml": `
nosql:
  driver: fake
  fake: { url: fake://shared, tags: { a: "1", my_tag: "2" } }
  backends:
    - { name: main, primary: true }
    - { name: other, fake: { pool_size: 5 } }
`,
  }

  test("objects by name, a list by index from variables, whole from a file or code", async () => {
    const fake = fakeDriver()
    const options = {
      drivers: [fake.module],
      host: fakeHost({ files, env: { LEX_NOSQL__BACKENDS__1__FAKE__URL: "fake://env" } }),
    }
    await NoSQLModule.configure({}, options).describeConfig()
    const tags = { a: "1", my_tag: "2" }
    expect(fake.made).toEqual([
      { url: "fake://shared", tags },
      { url: "fake://env", poolSize: 5, tags },
    ])
    const only = fakeDriver()
    const rows = await NoSQLModule.configure(
      { backends: [{ name: "only" }] },
      { ...options, drivers: [only.module] },
    ).describeConfig()
    expect(only.made).toEqual([{ url: "fake://shared", tags }])
    expect(rows.find(({ path }) => path === "backends[0].name")).toMatchObject({
      value: "only",
      source: "code",
    })
  })

  test("a profile's list replaces the base's", async () => {
    const fake = fakeDriver()
    const profile = { "application.small.yaml": "nosql:\n  backends: [{ name: single }]\n" }
    const rows = await NoSQLModule.configure(
      {},
      { profile: "small", drivers: [fake.module], host: fakeHost({ files: { ...files, ...profile } }) },
    ).describeConfig()
    expect(rows.filter(({ path }) => path.endsWith(".name"))).toEqual([
      { path: "backends[0].name", value: "single", source: "application.small.yaml:2" },
    ])
  })

  test("YAML's anchors and merge keys: what is written itself wins, and lines are told", async () => {
    const yaml = `
defaults: &defaults
  pool_size: 4
  safe: false
nosql:
  driver: fake
  fake:
    <<: *defaults
    pool_size: 6
    hosts: &hosts [a, b]
`
    const fake = fakeDriver()
    const rows = await NoSQLModule.configure(undefined, {
      drivers: [fake.module],
      host: fakeHost({ files: { "application.yaml": yaml } }),
    }).describeConfig()
    expect(fake.made).toEqual([{ poolSize: 6, safe: false, hosts: ["a", "b"] }])
    expect(rows).toContainEqual({ path: "fake.safe", value: false, source: "application.yaml:4" })
    expect(rows).toContainEqual({ path: "fake.poolSize", value: 6, source: "application.yaml:9" })
  })

  test("YAML's merge key may name a list that is anchored itself: the first of it wins", async () => {
    const yaml = `
both: &both
  - { pool_size: 4 }
  - { pool_size: 5, safe: false }
nosql:
  driver: fake
  fake: { <<: *both }
`
    const fake = fakeDriver()
    await NoSQLModule.configure(undefined, {
      drivers: [fake.module],
      host: fakeHost({ files: { "application.yaml": yaml } }),
    }).describeConfig()
    expect(fake.made).toEqual([{ poolSize: 4, safe: false }])
  })

  test("LEX_PROFILE names the profile; the argument wins over it", async () => {
    const host = fakeHost({
      files: {
        "application.a.yaml": "nosql: { scans: allow }",
        "application.b.yaml": "nosql: { scans: refuse }",
      },
      env: { LEX_PROFILE: "a" },
    })
    const scans = async (options: { profile?: string }) =>
      (
        await NoSQLModule.configure(
          { driver: "memory" },
          { ...options, drivers: [fakeDriver("memory").module], host },
        ).describeConfig()
      ).find(({ path }) => path === "scans")?.value
    expect(await scans({})).toBe("allow")
    expect(await scans({ profile: "b" })).toBe("refuse")
  })

  test("backends by variables alone, by JSON text, and by both: the single variable wins", async () => {
    const named = async (env: Record<string, string>) => {
      const fake = fakeDriver()
      const rows = await NoSQLModule.configure(
        { driver: "fake" },
        { drivers: [fake.module], host: fakeHost({ env }) },
      ).describeConfig()
      return [rows.filter(({ path }) => path.endsWith(".name")).map(({ value }) => value), fake.made]
    }
    expect(
      await named({
        LEX_NOSQL__BACKENDS__0__NAME: "a",
        LEX_NOSQL__BACKENDS__0__PRIMARY: "true",
        LEX_NOSQL__BACKENDS__1__NAME: "b",
        LEX_NOSQL__BACKENDS__1__FAKE__POOL_SIZE: "7",
      }),
    ).toEqual([
      ["a", "b"],
      [{}, { poolSize: 7 }],
    ])
    const json = '[{"name":"c","primary":true,"fake":{"pool_size":8}},{"name":"d"}]'
    expect(await named({ LEX_NOSQL__BACKENDS: json })).toEqual([
      ["c", "d"],
      [{ poolSize: 8 }, {}],
    ])
    expect(await named({ LEX_NOSQL__BACKENDS: json, LEX_NOSQL__BACKENDS__0__FAKE__POOL_SIZE: "9" })).toEqual([
      ["c", "d"],
      [{ poolSize: 9 }, {}],
    ])
  })

  test("more than ten backends by variables: each keeps what is its own", async () => {
    const fake = fakeDriver()
    const env = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [
        [`LEX_NOSQL__BACKENDS__${i}__NAME`, `b${i}`],
        [`LEX_NOSQL__BACKENDS__${i}__FAKE__DOWN`, `down ${i}`],
      ]).flat(),
    )
    const app = await NoSQLModule.configure(
      { driver: "fake" },
      { drivers: [fake.module], host: fakeHost({ env }) },
    ).boot()
    const { stores } = await app.health()
    await app.close()
    expect(Object.entries(stores).map(([name, { reason }]) => [name, reason])).toEqual(
      Array.from({ length: 12 }, (_, i) => [`b${i}`, `down ${i}`]),
    )
  })

  test("a list of a variable's JSON replaces the file's, and a single variable then reaches into it", async () => {
    const fake = fakeDriver()
    const env = {
      LEX_NOSQL__BACKENDS: '[{"name":"only"}]',
      LEX_NOSQL__BACKENDS__0__FAKE__POOL_SIZE: "9",
    }
    await NoSQLModule.configure(
      {},
      { drivers: [fake.module], host: fakeHost({ files, env }) },
    ).describeConfig()
    expect(fake.made).toEqual([{ url: "fake://shared", poolSize: 9, tags: { a: "1", my_tag: "2" } }])
  })

  test("an empty variable, and a name without a value in YAML, are not set", async () => {
    const fake = fakeDriver()
    await NoSQLModule.configure(
      { driver: "fake" },
      {
        drivers: [fake.module],
        host: fakeHost({
          files: { "application.yaml": "nosql:\n  fake:\n    pool_size:\n    url: ~\n  mongodb:\n" },
          env: { LEX_NOSQL__FAKE__POOL_SIZE: "" },
        }),
      },
    ).describeConfig()
    expect(fake.made).toEqual([{}])
  })
})

describe("texts of variables are read as the schema asks", () => {
  const values = [
    ["SAFE", "false", { safe: false }],
    ["safe", "TRUE", { safe: true }],
    ["poolSize", "12", { poolSize: 12 }],
    ["RATIO", "0.5", { ratio: 0.5 }],
    ["CONFIRM", "2", { confirm: 2 }],
    ["CONFIRM", "all", { confirm: "all" }],
    ["URL", "123", { url: "123" }],
    ["HOSTS", '["a","b"]', { hosts: ["a", "b"] }],
    ["HOSTS__0", "a", { hosts: ["a"] }],
    ["TAGS", '{"My_Tag":"x"}', { tags: { My_Tag: "x" } }],
    ["TAGS__REGION", "eu", { tags: { region: "eu" } }],
    ["RETRY", '{"max_attempts":4,"backoffMs":5}', { retry: { maxAttempts: 4, backoffMs: 5 } }],
    ["RETRY__MAX_ATTEMPTS", "3", { retry: { maxAttempts: 3 } }],
    ["API_KEY", '{"json":"stays text"}', { apiKey: '{"json":"stays text"}' }],
  ] as const

  test.each(values)("%s=%s", async (name, text, expected) => {
    const fromEnvironment = fakeDriver()
    await NoSQLModule.configure(
      { driver: "fake" },
      { drivers: [fromEnvironment.module], host: fakeHost({ env: { [`LEX_NOSQL__FAKE__${name}`]: text } }) },
    ).describeConfig()
    expect(fromEnvironment.made).toEqual([expected])
  })

  test("and so are those that YAML names", async () => {
    const fake = fakeDriver()
    const yaml = `
nosql:
  driver: \${DRIVER}
  fake:
    pool_size: \${POOL:-20}
    url: "fake://\${HOST}:\${PORT:-27017}/x"
    safe: \${SAFE}
    api_key: $\${literal}
`
    await NoSQLModule.configure(
      {},
      {
        drivers: [fake.module],
        host: fakeHost({
          files: { "application.yaml": yaml },
          env: { DRIVER: "fake", HOST: "db", SAFE: "false" },
        }),
      },
    ).describeConfig()
    expect(fake.made).toEqual([
      { poolSize: 20, url: "fake://db:27017/x", safe: false, apiKey: `\${literal}` },
    ])
  })
})

test("a block's unset options stay unset, and what the URL implies is told as such", async () => {
  const fake = fakeDriver()
  const rows = await NoSQLModule.configure({ driver: "fake", fake: { url: "fake://h?pool=3" } } as object, {
    drivers: [fake.module],
    host: fakeHost(),
  }).describeConfig()
  expect(fake.made).toEqual([{ url: "fake://h?pool=3" }])
  expect(rows.filter(({ path }) => path.startsWith("fake."))).toEqual([
    { path: "fake.url", value: "fake://h?pool=3", source: "code" },
    { path: "fake.poolSize", value: 3, source: "by url" },
    { path: "fake.safe", value: true, source: "default" },
    { path: "fake.mode", value: "primary", source: "default" },
    { path: "fake.confirm", value: "all", source: "default" },
  ])
})
