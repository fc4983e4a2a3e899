import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { memory } from "@nosql/driver-memory"
import { mongodb } from "@nosql/driver-mongodb"
import { describe, expect, test } from "vitest"
import { NoSQLModule } from "../src/index.ts"
import { fakeDriver } from "./fake-driver.ts"
import { type FakeWorld, fakeHost } from "./fake-host.ts"
import { problemsOf } from "./problems-of.ts"

const problems = (config: object, world: FakeWorld = {}, host: object = {}) =>
  problemsOf(NoSQLModule.configure(config, { host: { ...fakeHost(world), ...host } }).boot())

describe("drivers by name", () => {
  test.each(["memory", "mongodb", "dynamodb", "firestore"])("%s is a package of ours", async (word) => {
    const fake = fakeDriver(word)
    const packages = { [`@nosql/driver-${word}`]: { driverModule: fake.module } }
    const app = await NoSQLModule.configure({ driver: word }, { host: fakeHost({ packages }) }).boot()
    expect(fake.events).toEqual(["open fake://localhost"])
    await app.close()
  })

  test.each(["nosql-driver-couch", "@acme/nosql-couch", "couch", "@acme/nosql-couch/light"])(
    "%s is a package of another",
    async (name) => {
      const couch = fakeDriver("couch")
      const packages = { [name]: { driverModule: couch.module } }
      const env = { LEX_NOSQL__COUCH__URL: "fake://couch" }
      const app = await NoSQLModule.configure({ driver: name }, { host: fakeHost({ packages, env }) }).boot()
      expect(couch.made).toEqual([{ url: "fake://couch" }])
      await app.close()
    },
  )

  test("only those in use are loaded, and the blocks of the others are let be", async () => {
    const asked: string[] = []
    const config = { driver: "memory", mongodb: { uri: "mongodb://h" }, dynamodb: { whatever: [1] } }
    const app = await NoSQLModule.configure<object>(config, {
      host: {
        ...fakeHost(),
        importPackage: async (name) => {
          asked.push(name)
          return { driverModule: fakeDriver("memory").module }
        },
      },
    }).boot()
    expect(asked).toEqual(["@nosql/driver-memory"])
    await app.close()
  })

  test("blocks of drivers that are not known are let be, too; what is no block, or reads as a name that is known, is not", async () => {
    const file = `
nosql:
  driver: memory
  cassandra: { contact_points: [a] }
  backends:
    - { name: a, couch: { url: x } }
`
    const packages = { "@nosql/driver-memory": { driverModule: fakeDriver("memory").module } }
    const env = { LEX_NOSQL__NEO4J__URI: "x" }
    const world = { files: { "application.yaml": file }, env, packages }
    const app = await NoSQLModule.configure({}, { host: fakeHost(world) }).boot()
    await app.close()
    const code = { orient: 1, mongo: { uri: "x" }, scan: {}, backends: [{ name: "a", dynamo: {} }] }
    expect(await problems(code, world)).toEqual([
      'code | backends[0].dynamo | unknown setting; did you mean "dynamodb"?',
      'code | mongo | unknown setting; did you mean "mongodb"?',
      expect.stringMatching(/^code \| orient \| unknown setting; expected one of enabled, /),
      'code | scan | unknown setting; did you mean "scans"?',
    ])
  })

  test("modules given in code are not loaded", async () => {
    const host = { ...fakeHost(), importPackage: () => Promise.reject(new Error("loaded")) }
    const app = await NoSQLModule.configure(
      { driver: "mongodb" },
      { drivers: [fakeDriver("mongodb").module], host },
    ).boot()
    await app.close()
  })

  test("a driver that you made yourself stands for its name; it has no block", async () => {
    const app = await NoSQLModule.configure(
      {
        backends: [
          { name: "a", driver: memory(), primary: true },
          { name: "b", driver: "fake" },
        ],
      },
      { drivers: [fakeDriver().module], host: fakeHost() },
    ).boot()
    expect(app.describeConfig()).toContainEqual({
      path: "backends[0].driver",
      value: "memory",
      source: "code",
    })
    await app.close()
    expect(await problems({ driver: mongodb({ uri: "x" }), scans: "never" })).toEqual([
      "code | scans | expected one of allow, warn, refuse",
    ])
  })
})

describe("drivers that are not there", () => {
  const yaml = { "application.yaml": "nosql:\n  driver: mongodb\n" }

  test.each([
    ["pnpm-lock.yaml", "pnpm add"],
    ["yarn.lock", "yarn add"],
    ["bun.lock", "bun add"],
    ["package-lock.json", "npm install"],
    ["no lockfile", "npm install"],
  ])("%s: %s", async (lockfile, command) => {
    expect(await problems({}, { files: { ...yaml, [lockfile]: "" } })).toEqual([
      `application.yaml:2 | driver | the package @nosql/driver-mongodb is not installed: ${command} @nosql/driver-mongodb`,
    ])
  })

  test("the lockfile of a folder above counts", async () => {
    const exists = async (path: string) => path === "/pnpm-lock.yaml"
    expect(await problems({ driver: "memory" }, {}, { exists })).toEqual([
      "code | driver | the package @nosql/driver-memory is not installed: pnpm add @nosql/driver-memory",
    ])
  })

  test("several share one command", async () => {
    const backends = [
      { name: "a", driver: "nosql-couch" },
      { name: "b", driver: "dynamodb" },
      { name: "c", driver: "dynamodb" },
    ]
    const command = "npm install @nosql/driver-dynamodb nosql-couch"
    expect(await problems({ backends })).toEqual([
      `code | backends[0].driver | the package nosql-couch is not installed: ${command}`,
      `code | backends[1].driver | the package @nosql/driver-dynamodb is not installed: ${command}`,
    ])
  })

  test("an unknown word gets the nearest one, and nobody is told to install it", async () => {
    const known = "expected one of memory, mongodb, dynamodb, firestore"
    expect(await problems({ driver: "mongdb" })).toEqual([
      `code | driver | unknown driver: ${known}; did you mean "mongodb"?`,
    ])
    expect(await problems({}, { env: { LEX_NOSQL__DRIVER: "postgres" } })).toEqual([
      `LEX_NOSQL__DRIVER | driver | unknown driver: ${known}, or the name of a driver's package`,
    ])
  })

  test.each([
    "./evil.js",
    "../up",
    "/abs/file.js",
    "file:///x.js",
    "data:text/javascript,0",
    "https://x/y.js",
    "node:fs",
  ])("%s is no package", async (driver) => {
    const importPackage = () => Promise.reject(new Error("loaded"))
    expect(await problems({ driver }, {}, { importPackage })).toEqual([
      expect.stringMatching(/^code \| driver \| unknown driver: /),
    ])
  })

  test("a package that is no driver, or that cannot be loaded, says so", async () => {
    expect(await problems({ driver: "left-pad" }, { packages: { "left-pad": { pad: 1 } } })).toEqual([
      "code | driver | the package left-pad is no driver: it exports no driverModule",
    ])
    const importPackage = () => Promise.reject(new Error("Cannot find package 'mongodb'"))
    expect(await problems({ driver: "mongodb" }, {}, { importPackage })).toEqual([
      "code | driver | the package @nosql/driver-mongodb is installed and cannot be loaded: Cannot find package 'mongodb'",
    ])
  })
})

describe("on a real disk", () => {
  test("a package of the application's root is found, ESM only, and its own faults are told", async () => {
    const root = await mkdtemp(join(tmpdir(), "nosql-di-"))
    try {
      await install(
        root,
        "nosql-driver-good",
        `
        export const driverModule = {
          name: "good",
          options: { "~standard": { version: 1, vendor: "x", validate: (value) => ({ value }), jsonSchema: { input: () => ({ type: "object" }) } } },
          create: (options) => { throw new Error("made with " + JSON.stringify(options)) },
        }`,
      )
      await install(root, "nosql-driver-bad", `import "not-there"`)
      const boot = (driver: string) =>
        problemsOf(
          NoSQLModule.configure<{ good: object }>(
            { driver, good: { anyName: 1 } },
            { host: { cwd: root, env: {} } },
          ).boot(),
        )
      expect(await boot("nosql-driver-good")).toEqual(['code | good | made with {"anyName":1}'])
      expect(await boot("nosql-driver-bad")).toEqual([
        expect.stringMatching(
          /^code \| driver \| the package nosql-driver-bad is installed and cannot be loaded: .*not-there/,
        ),
      ])
      expect(await boot("nosql-driver-none")).toEqual([
        "code | driver | the package nosql-driver-none is not installed: npm install nosql-driver-none",
      ])
    } finally {
      await rm(root, { recursive: true })
    }
  })

  test("the drivers beside this package are found from any folder, and application.yaml from the root", async () => {
    const root = await mkdtemp(join(tmpdir(), "nosql-di-"))
    try {
      await writeFile(join(root, "application.yaml"), "nosql:\n  driver: memory\n  scans: refuse\n")
      const app = await NoSQLModule.configure(undefined, { host: { cwd: root, env: {} } }).boot()
      expect(app.describeConfig()).toContainEqual({
        path: "scans",
        value: "refuse",
        source: "application.yaml:3",
      })
      await app.close()
    } finally {
      await rm(root, { recursive: true })
    }
  })
})

async function install(root: string, name: string, source: string): Promise<void> {
  const folder = join(root, "node_modules", name)
  await mkdir(folder, { recursive: true })
  const manifest = { name, version: "1.0.0", type: "module", exports: { import: "./index.js" } }
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest))
  await writeFile(join(folder, "index.js"), source)
}
