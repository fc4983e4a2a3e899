import { driverModule as firestore } from "@nosql/driver-firestore"
import { describe, expect, test } from "vitest"
import { NoSQLModule } from "../src/index.ts"
import { fakeDriver } from "./fake-driver.ts"
import { type FakeWorld, fakeHost } from "./fake-host.ts"
import { problemsOf } from "./problems-of.ts"

/** The names that the user chose under `tags`, as the driver gets them. */
async function tagsOf(world: FakeWorld, tags?: Readonly<Record<string, string>>, profile?: string) {
  const fake = fakeDriver()
  await NoSQLModule.configure({ driver: "fake", ...(tags && { fake: { tags } }) } as object, {
    drivers: [fake.module],
    host: fakeHost(world),
    ...(profile && { profile }),
  }).describeConfig()
  return fake.made[0]?.["tags"]
}

const yaml = (tags: string): FakeWorld => ({
  files: { "application.yaml": `nosql: { fake: { tags: ${tags} } }` },
})
const userItems = { LEX_NOSQL__FAKE__TAGS__USER_ITEMS: "env" }

describe("names that the user chose are no settings: every letter of them counts", () => {
  test("names that differ in case or in _ are two, in one source and in several", async () => {
    const both = { userItems: "1", user_items: "2" }
    expect(await tagsOf(yaml("{ userItems: '1', user_items: '2' }"))).toEqual(both)
    expect(await tagsOf({}, { Orders: "1", orders: "2" })).toEqual({ Orders: "1", orders: "2" })
    expect(await tagsOf(yaml("{ userItems: '1' }"), { user_items: "2" })).toEqual(both)
    const files = {
      "application.yaml": "nosql: { fake: { tags: { userItems: '1' } } }",
      "application.test.yaml": "nosql: { fake: { tags: { user_items: '2' } } }",
    }
    expect(await tagsOf({ files }, undefined, "test")).toEqual(both)
  })

  test("a variable means the name that another source has, before or after it, as that source writes it", async () => {
    expect(await tagsOf({ ...yaml("{ userItems: '1' }"), env: userItems })).toEqual({ userItems: "env" })
    expect(await tagsOf({ env: userItems }, { userItems: "code" })).toEqual({ userItems: "code" })
    expect(await tagsOf({ env: userItems }, { a: "b" })).toEqual({ user_items: "env", a: "b" })
    const json = { LEX_NOSQL__FAKE: '{"tags":{"userItems":"json"}}' }
    expect(await tagsOf({ env: { ...json, ...userItems } })).toEqual({ userItems: "env" })
  })

  test("of several that it may mean, a variable means the one that is written like it, else in lower case", async () => {
    expect(await tagsOf({ ...yaml("{ userItems: '1', user_items: '2' }"), env: userItems })).toEqual({
      userItems: "1",
      user_items: "env",
    })
    const env = { LEX_NOSQL__FAKE__TAGS__userItems: "env" }
    expect(await tagsOf({ ...yaml("{ user_items: '2', userItems: '1' }"), env })).toEqual({
      userItems: "env",
      user_items: "2",
    })
  })

  test("names that objects have by birth are names like others", async () => {
    expect(await tagsOf({}, { constructor: "1", toString: "2" } as never)).toEqual({
      constructor: "1",
      toString: "2",
    })
  })

  test("what is wrong under each of them is told", async () => {
    const file = `
nosql:
  driver: fake
  fake:
    tags:
      userItems: '1'
      user_items: 2
      userName: {}
`
    const module = NoSQLModule.configure(undefined, {
      drivers: [fakeDriver().module],
      host: fakeHost({
        files: { "application.yaml": file },
        env: { LEX_NOSQL__FAKE__TAGS__USERITEMS__X: "1" },
      }),
    })
    expect(await problemsOf(module.boot())).toEqual([
      "LEX_NOSQL__FAKE__TAGS__USERITEMS__X | fake.tags.useritems | expected string, not object",
      "application.yaml:7 | fake.tags.userItems | expected string, not integer",
      "application.yaml:8 | fake.tags.userName | expected string, not object",
    ])
  })

  test("the collections of Firestore", async () => {
    const rows = await NoSQLModule.configure(undefined, {
      drivers: [firestore],
      host: fakeHost({
        files: {
          "application.yaml": `
nosql:
  driver: firestore
  firestore:
    project_id: p
    collections: { userItems: { path: a/b/c }, user_items: { path: d/e/f }, Notes: { path: g/h/i } }
`,
        },
        env: { LEX_NOSQL__FIRESTORE__COLLECTIONS__NOTES__PATH: "x/y/z" },
      }),
    }).describeConfig()
    expect(rows.find(({ path }) => path === "firestore.collections")?.value).toEqual({
      userItems: { path: "a/b/c" },
      user_items: { path: "d/e/f" },
      Notes: { path: "x/y/z" },
    })
  })
})

describe("spellings of a setting are one name", () => {
  test("the later source wins, whatever it writes; twice in one object is told once, where that object counts", async () => {
    const file = `
nosql:
  driver: fake
  fake: { pool_size: 1, retry: { max_attempts: 1, maxAttempts: 2 } }
  other: { pool_size: 1, poolSize: 2 }
`
    const host = fakeHost({
      files: { "application.yaml": file, "application.test.yaml": "nosql: { fake: { poolSize: 2 } }" },
    })
    const module = NoSQLModule.configure(undefined, {
      profile: "test",
      drivers: [fakeDriver().module, fakeDriver("other").module],
      host,
    })
    expect(await problemsOf(module.boot())).toEqual([
      "application.yaml:4 | fake.retry.maxAttempts | given twice, as max_attempts and maxAttempts",
    ])
  })

  test("a block is given twice, too", async () => {
    const file = "nosql:\n  driver: couchDb\n  couch_db: { pool_size: 1 }\n  couchDb: { pool_size: 2 }\n"
    const module = NoSQLModule.configure(undefined, {
      drivers: [fakeDriver("couchDb").module],
      host: fakeHost({ files: { "application.yaml": file } }),
    })
    expect(await problemsOf(module.boot())).toEqual([
      "application.yaml:4 | couchDb | given twice, as couch_db and couchDb",
    ])
  })
})
