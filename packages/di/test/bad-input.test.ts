import { driverModule as memory } from "@nosql/driver-memory"
import { describe, expect, test } from "vitest"
import { NoSQLModule } from "../src/index.ts"
import { fakeDriver } from "./fake-driver.ts"
import { type FakeWorld, fakeHost } from "./fake-host.ts"
import { problemsOf } from "./problems-of.ts"

const problems = (world: FakeWorld, code: object = {}, options: object = {}) => {
  const host = fakeHost({
    packages: { "@nosql/driver-memory": { driverModule: fakeDriver("memory").module } },
    ...world,
  })
  const drivers = [fakeDriver().module]
  return problemsOf(NoSQLModule.configure(code, { drivers, host, ...options }).boot())
}

const yaml = (text: string): FakeWorld => ({ files: { "application.yaml": text } })

describe("each kind of bad input, by its source and with the nearest name", () => {
  test("unknown names", async () => {
    const file =
      "nosql:\n  driver: fake\n  scan: warn\n  fake:\n    pool_siz: 3\n    modeX: primary\n  fakee: { url: x }\n"
    expect(await problems(yaml(file))).toEqual([
      'application.yaml:3 | scan | unknown setting; did you mean "scans"?',
      'application.yaml:5 | fake.poolSiz | unknown setting; did you mean "pool_size"?',
      'application.yaml:6 | fake.modeX | unknown setting; did you mean "mode"?',
      'application.yaml:7 | fakee | unknown setting; did you mean "fake"?',
    ])
    const env = {
      LEX_NOSQL__FAKE__POOLSIZE: "3",
      LEX_NOSQL__FAKE__QUITE_ANOTHER: "x",
      LEX_NOSQL__DRIVR: "fake",
    }
    expect(await problems({ env }, { driver: "fake" })).toEqual([
      'LEX_NOSQL__DRIVR | drivr | unknown setting; did you mean "DRIVER"?',
      'LEX_NOSQL__FAKE__POOLSIZE | fake.poolsize | unknown setting; did you mean "POOL_SIZE"?',
      expect.stringMatching(
        /^LEX_NOSQL__FAKE__QUITE_ANOTHER \| fake.quiteAnother \| unknown setting; expected one of url, poolSize, /,
      ),
    ])
    expect(
      await problems({}, { driver: "fake", fake: { pool_size: 3 }, backends: [{ name: "a", fak: {} }] }),
    ).toEqual([
      'code | backends[0].fak | unknown setting; did you mean "fake"?',
      'code | fake.pool_size | unknown setting; did you mean "poolSize"?',
    ])
  })

  test("a setting of a driver that has none", async () => {
    const drivers = [memory]
    const backends = [{ name: "a", memory: { y: 1 } }]
    expect(await problems({}, { driver: "memory", memory: { x: 1 } }, { drivers })).toEqual([
      "code | memory.x | unknown setting; memory has no settings",
    ])
    expect(await problems({}, { driver: "memory", backends }, { drivers })).toEqual([
      "code | backends[0].memory.y | unknown setting; backends[0].memory has no settings",
    ])
  })

  test("wrong types and values that are no choice", async () => {
    const file = `
nosql:
  enabled: "yes"
  scans: wrn
  max_buffered_documents: 1.5
  driver: fake
  fake:
    pool_size: "12"
    safe: 1
    mode: secundary
    confirm: [1]
    hosts: [a, 2]
    retry: { max_attempts: x }
  backends: 3
`
    expect(await problems(yaml(file))).toEqual([
      'application.yaml:10 | fake.mode | expected one of primary, secondary; did you mean "secondary"?',
      "application.yaml:11 | fake.confirm | expected integer or string, not array",
      "application.yaml:12 | fake.hosts[1] | expected string, not integer",
      "application.yaml:13 | fake.retry.maxAttempts | expected integer, not string",
      "application.yaml:14 | backends | expected array, not integer",
      "application.yaml:3 | enabled | expected boolean, not string",
      'application.yaml:4 | scans | expected one of allow, warn, refuse; did you mean "warn"?',
      "application.yaml:5 | maxBufferedDocuments | expected integer, not number",
      "application.yaml:8 | fake.poolSize | expected integer, not string",
      "application.yaml:9 | fake.safe | expected boolean, not integer",
    ])
    expect(
      await problems(
        {
          env: {
            LEX_NOSQL__FAKE__POOL_SIZE: "many",
            LEX_NOSQL__FAKE__SAFE: "maybe",
            LEX_NOSQL__FAKE__HOSTS: "[a",
          },
        },
        { driver: "fake", fake: { url: 7, tags: null }, scans: undefined, provision: "sometimes" },
      ),
    ).toEqual([
      "LEX_NOSQL__FAKE__HOSTS | fake.hosts | expected array, not string",
      "LEX_NOSQL__FAKE__POOL_SIZE | fake.poolSize | expected integer, not string",
      "LEX_NOSQL__FAKE__SAFE | fake.safe | expected boolean, not string",
      "code | fake.tags | expected object, not null",
      "code | fake.url | expected string, not integer",
      "code | provision | expected one of auto, check, never",
    ])
    expect(await problems({}, { driver: 5 })).toEqual(["code | driver | expected string, not integer"])
  })

  test("values out of range, and options that contradict each other: at the one that says so last", async () => {
    expect(
      await problems(
        { ...yaml("nosql:\n  max_buffered_documents: 0\n  fake: { min_pool_size: 20 }\n"), env: {} },
        { driver: "fake" },
      ),
    ).toEqual([
      "application.yaml:2 | maxBufferedDocuments | Too small: expected number to be >=1",
      "application.yaml:3 | fake.minPoolSize | more than poolSize",
    ])
    expect(await problems({ env: { LEX_NOSQL__FAKE__POOL_SIZE: "501" } }, { driver: "fake" })).toEqual([
      "LEX_NOSQL__FAKE__POOL_SIZE | fake.poolSize | Too big: expected number to be <=500",
    ])
  })

  test("backends: a name twice, two primaries, a name that is none, no name at all, a gap", async () => {
    const file = `
nosql:
  driver: fake
  backends:
    - { name: a, primary: true }
    - name: b
      primary: true
    - { name: a }
    - { name: "not a name" }
    - { primary: false }
`
    expect(await problems(yaml(file))).toEqual([
      "application.yaml:10 | backends[4].name | expected string, received undefined",
      "application.yaml:7 | backends[1].primary | backends[0] is primary already: there is one at most",
      "application.yaml:8 | backends[2].name | the same name as backends[0]: names are unique",
      "application.yaml:9 | backends[3].name | expected a letter, then letters, digits, _ or -",
    ])
    const env = { LEX_NOSQL__BACKENDS__0__NAME: "a", LEX_NOSQL__BACKENDS__2__NAME: "c" }
    expect(await problems({ env }, { driver: "fake" })).toEqual([
      "LEX_NOSQL__BACKENDS__2__NAME | backends[2] | a list's indexes begin at 0 and leave none out: backends[1] is missing",
    ])
    expect(await problems({ env: { LEX_NOSQL__BACKENDS: '[{"name":' } }, { driver: "fake" })).toEqual([
      "LEX_NOSQL__BACKENDS | backends | this is no valid JSON",
    ])
  })

  test("one wrong option in a block that all stores share is one problem", async () => {
    const file = "nosql:\n  driver: fake\n  fake: { pool_size: 0 }\n  backends: [{ name: a }, { name: b }]\n"
    expect(await problems(yaml(file))).toEqual([
      "application.yaml:3 | fake.poolSize | Too small: expected number to be >=1",
    ])
    const error = await NoSQLModule.configure(undefined, {
      drivers: [fakeDriver().module],
      host: fakeHost(yaml(file)),
    })
      .boot()
      .catch(String)
    expect(error).toBe(
      "NoSQLError: configure: a problem in the configuration:\n- application.yaml:3: fake.poolSize: Too small: expected number to be >=1",
    )
  })

  test("names given twice: in two spellings, or by YAML's own rule", async () => {
    expect(await problems(yaml("nosql:\n  driver: fake\n  fake: { pool_size: 1, poolSize: 2 }\n"))).toEqual([
      "application.yaml:3 | fake.poolSize | given twice, as pool_size and poolSize",
    ])
    expect(await problems(yaml("nosql:\n  driver: fake\n  driver: memory\n"), { driver: "fake" })).toEqual([
      "application.yaml:3 |  | this is no valid YAML (duplicate key)",
    ])
  })

  test("aliases in YAML: without an anchor, of what they are a part of, and merged though they are no settings", async () => {
    const file = `
defaults: &safe refuse
list: &list [a]
nosql:
  driver: fake
  scans: *saef
  fake: &fake
    retry: *fake
    tags: { <<: *missing, a: b }
    hosts:
      - *none
  backends:
    - { name: a, <<: [*safe, *list] }
    - &self
      name: b
      <<: *self
`
    const none = "this alias has no anchor before it (a text that begins with * wants quotes)"
    const itself = "this alias stands for what it is a part of"
    const merged = "<< takes settings by name, or a list of such"
    expect(await problems(yaml(file))).toEqual([
      `application.yaml:11 | fake.hosts[0] | ${none}`,
      `application.yaml:16 | backends[1] | ${itself}`,
      `application.yaml:2 | backends[0] | ${merged}`,
      `application.yaml:3 | backends[0] | ${merged}`,
      `application.yaml:6 | scans | ${none}`,
      `application.yaml:8 | fake.retry | ${itself}`,
      `application.yaml:9 | fake.tags | ${none}`,
    ])
    expect(await problems(yaml("nosql:\n  driver: fake\n  <<: *missing\n"))).toEqual([
      `application.yaml:3 |  | ${none}`,
    ])
  })

  test("an item of a list that is left empty: it keeps its place, so that nothing after it is taken for another", async () => {
    const file = `
nosql:
  driver: fake
  fake:
    hosts:
      - a
      -
  backends:
    - name: a
    - # forgotten
    - name: b
`
    const env = { LEX_NOSQL__BACKENDS__2__PRIMARY: "true" }
    expect(await problems({ ...yaml(file), env })).toEqual([
      "application.yaml:10 | backends[1] | expected object, not null",
      "application.yaml:7 | fake.hosts[1] | expected string, not null",
    ])
  })

  test("files: bad YAML, no sections, a section that is no object, unreadable, absent though named", async () => {
    const memory = { driver: "fake" }
    expect(await problems(yaml("nosql:\n  a: [1\n  b: 2\n"), memory)).toEqual([
      expect.stringMatching(/^application.yaml:3 \| {2}\| this is no valid YAML \(/),
    ])
    expect(await problems(yaml("- a\n"), memory)).toEqual([
      "application.yaml:1 |  | expected sections, such as nosql:, at the top",
    ])
    expect(await problems(yaml("nosql: fast\n"), memory)).toEqual([
      "application.yaml:1 |  | the section nosql holds settings by name",
    ])
    expect(await problems(yaml("EACCES"), memory)).toEqual(["application.yaml |  | cannot be read (EACCES)"])
    expect(await problems({}, memory, { file: "conf/db.yaml" })).toEqual([
      "conf/db.yaml |  | cannot be read (ENOENT)",
    ])
    expect(
      await problems({ files: { "db.yaml": "", "db.blue.yaml": "EACCES" } }, memory, {
        file: "conf/db.yaml",
        profile: "blue",
      }),
    ).toEqual(["conf/db.blue.yaml |  | cannot be read (EACCES)"])
  })

  test("a profile that cannot be a part of a file's name", async () => {
    expect(await problems({}, { driver: "fake" }, { profile: "../secret" })).toEqual([
      "code | profile | expected letters, digits, _ . or -",
    ])
    expect(await problems({ env: { LEX_PROFILE: "a/b" } }, { driver: "fake" })).toEqual([
      "LEX_PROFILE | profile | expected letters, digits, _ . or -",
    ])
  })

  test("variables in YAML: not set, or written wrongly", async () => {
    const file = `nosql:\n  driver: fake\n  fake:\n    url: \${HOST}:\${PORT:-1}\n    api_key: \${KEY:?no}\n    tags: { a: '\${' }\n`
    expect(await problems(yaml(file))).toEqual([
      `application.yaml:4 | fake.url | the variable HOST is not set, and has no default: set it, or write \${HOST:-default}`,
      `application.yaml:5 | fake.apiKey | a variable is written \${NAME} or \${NAME:-default}, and a literal \${ as $\${`,
      `application.yaml:6 | fake.tags.a | a variable is written \${NAME} or \${NAME:-default}, and a literal \${ as $\${`,
    ])
  })

  test("other sections of the file are not ours", async () => {
    const app = await NoSQLModule.configure(undefined, {
      drivers: [fakeDriver("memory").module],
      host: fakeHost(yaml(`server: { port: '\${PORT}' }\nnosql: { driver: memory }\nlog: x\n`)),
    }).boot()
    await app.close()
  })

  test("what the driver itself refuses", async () => {
    expect(
      await problems({}, { driver: "fake", fake: { failMake: "two options contradict each other" } }),
    ).toEqual(["code | fake | two options contradict each other"])
  })

  test("a configuration that is no object", async () => {
    expect(await problems({}, "mongodb" as never)).toContain("code |  | expected settings by name")
  })

  test("a variable with an empty part", async () => {
    expect(await problems({ env: { LEX_NOSQL__FAKE____URL: "x" } }, { driver: "fake" })).toEqual([
      "LEX_NOSQL__FAKE____URL |  | names no setting: the parts of a path have __ between them",
    ])
  })
})

test("everything that is wrong, in all sources, is told at once", async () => {
  const world = {
    files: { "application.yaml": "nosql:\n  drivr: fake\n", "application.prod.yaml": "nosql:\n  scans: 1\n" },
    env: { LEX_NOSQL__FAKE__POOL_SIZE: "x" },
  }
  expect(await problems(world, { driver: "fake", fake: { mode: "x" } }, { profile: "prod" })).toEqual([
    "LEX_NOSQL__FAKE__POOL_SIZE | fake.poolSize | expected integer, not string",
    "application.prod.yaml:2 | scans | expected string, not integer",
    'application.yaml:2 | drivr | unknown setting; did you mean "driver"?',
    "code | fake.mode | expected one of primary, secondary",
  ])
})
