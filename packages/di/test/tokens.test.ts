import { defineCollection } from "@nosql/core"
import { memory } from "@nosql/driver-memory"
import { describe, expect, test } from "vitest"
import { DocumentStore, NoSQLModule } from "../src/index.ts"
import { fakeHost } from "./fake-host.ts"

interface Event {
  kind: string
}

const Events = defineCollection<Event>("events", { indexes: [{ keys: { kind: 1 }, unique: true }] })

const host = fakeHost()
const named = (...names: string[]) =>
  NoSQLModule.configure(
    {
      backends: names.map((name) => ({
        name: name.replace("!", ""),
        primary: name.endsWith("!"),
        driver: memory(),
      })),
    },
    { host },
  )

describe("stores by token", () => {
  test("W1: each name gives its own store, and the flagged one answers the unnamed token", async () => {
    const app = await named("main", "analytics!", "audit").boot()
    const stores = ["main", "analytics", "audit"].map((name) => app.resolve(DocumentStore.named(name)))
    expect(new Set(stores).size).toBe(3)
    expect(app.resolve(DocumentStore)).toBe(stores[1])
    await stores[0]?.collection("x").insertOne({ _id: "1" })
    expect(await Promise.all(stores.map((store) => store.collection("x").count({})))).toEqual([1, 0, 0])
    await app.close()
  })

  test("the only store answers the unnamed token, and by its name", async () => {
    const app = await named("single").boot()
    expect(app.resolve(DocumentStore)).toBe(app.resolve(DocumentStore.named("single")))
    await app.close()
    const bare = await NoSQLModule.configure({ driver: memory() }, { host }).boot()
    expect(bare.resolve(DocumentStore)).toBe(bare.resolve(DocumentStore.named("default")))
    await bare.close()
  })

  test("several and no primary: the unnamed token is refused with the names", async () => {
    const app = await named("main", "analytics").boot()
    expect(() => app.resolve(DocumentStore)).toThrow(
      expect.objectContaining({
        code: "config",
        message:
          "resolve: DocumentStore: none of the stores is primary: flag one with primary: true, or name one (main, analytics)",
      }),
    )
    await app.close()
  })

  test("an unknown name is refused with the names and the nearest one", async () => {
    const app = await named("main!", "analytics").boot()
    expect(() => app.resolve(DocumentStore.named("analitics"))).toThrow(
      'resolve: DocumentStore: there is no store "analitics"; there are main, analytics; did you mean "analytics"?',
    )
    await app.close()
  })

  test("W3: names come from YAML and variables, too", async () => {
    const files = {
      "application.yaml": "nosql: { driver: memory, backends: [{ name: a, primary: true }, { name: b }] }",
    }
    const packages = { "@nosql/driver-memory": await import("@nosql/driver-memory") }
    const app = await NoSQLModule.configure(undefined, { host: fakeHost({ files, packages }) }).boot()
    expect(app.resolve(DocumentStore)).not.toBe(app.resolve(DocumentStore.named("b")))
    await app.close()
  })
})

class EventRepository {
  static readonly storeName = "analytics"
  readonly collection = Events
  readonly store: DocumentStore
  constructor(store: DocumentStore) {
    this.store = store
  }
}

class Plain {
  readonly store: DocumentStore
  constructor(store: DocumentStore) {
    this.store = store
  }
}

describe("the scope", () => {
  test("W2: repositories are built on the store that they name, once, by their class", async () => {
    const app = await named("main!", "analytics").scope(Plain).scope(EventRepository).boot()
    expect(app.resolve(EventRepository).store).toBe(app.resolve(DocumentStore.named("analytics")))
    expect(app.resolve(Plain).store).toBe(app.resolve(DocumentStore))
    expect(app.resolve(Plain)).toBe(app.resolve(Plain))
    await app.close()
  })

  test("two classes of one name do not meet", async () => {
    const [a, b] = [class Same {}, class Same {}]
    const app = await NoSQLModule.stub().scope(a, b).boot()
    expect(app.resolve(a)).toBeInstanceOf(a)
    expect(app.resolve(b)).toBeInstanceOf(b)
    await app.close()
  })

  test("a store that is not there ends the boot, and the others are closed", async () => {
    await expect(named("main!").scope(EventRepository).boot()).rejects.toThrow(
      'resolve: EventRepository: there is no store "analytics"; there are main',
    )
    await expect(named("a", "b").scope(Plain).boot()).rejects.toThrow(/Plain: none of the stores is primary/)
  })

  test("a repository whose constructor throws ends the boot with its own error", async () => {
    class Broken {
      constructor() {
        throw new RangeError("broken")
      }
    }
    await expect(NoSQLModule.stub().scope(Broken).boot()).rejects.toThrow(RangeError)
  })

  test("a described collection is a token: of the primary store, or of the one that it is taken from", async () => {
    const app = await named("main!", "analytics").boot()
    await app.resolve(Events).insertOne({ kind: "a" })
    expect(await app.resolve(DocumentStore).collection(Events).count({})).toBe(1)
    expect(await app.resolve(DocumentStore.named("analytics").collection(Events)).count({})).toBe(0)
    await app.close()
  })
})

describe("stub", () => {
  test("W-in-memory: needs no server, no file and no variable, whatever they say", async () => {
    const world = {
      files: { "application.yaml": "nosql: { bad: 1 }" },
      env: { LEX_NOSQL__DRIVER: "firestore" },
    }
    const packages = { "@nosql/driver-memory": await import("@nosql/driver-memory") }
    const app = await NoSQLModule.stub(
      { driver: "mongodb", mongodb: { uri: "mongodb://nowhere" } },
      {
        host: fakeHost({ ...world, packages }),
      },
    ).boot()
    expect(app.resolve(DocumentStore).backend).toBe("memory")
    await app.close()
  })

  test("of a configured module keeps the names of its stores and its scope", async () => {
    const files = {
      "application.yaml":
        "nosql: { driver: mongodb, backends: [{ name: main, primary: true, mongodb: { uri: 'mongodb://x' } }, { name: analytics, driver: nosql-couch, couch: { url: y } }] }",
    }
    const packages = { "@nosql/driver-memory": await import("@nosql/driver-memory") }
    const app = await NoSQLModule.configure(undefined, { host: fakeHost({ files, packages }) })
      .scope(EventRepository)
      .stub()
      .boot()
    expect(app.resolve(EventRepository).store.backend).toBe("memory")
    expect((await app.health()).stores).toMatchObject({
      main: { backend: "memory" },
      analytics: { backend: "memory" },
    })
    await app.close()
  })
})
