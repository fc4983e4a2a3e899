import { defineCollection, type WithId } from "@nosql/core"
import { mongodb } from "@nosql/driver-mongodb"
import { expectTypeOf, test } from "vitest"
import { type Application, DocumentStore, NoSQLModule } from "../src/index.ts"

test("what configure takes", () => {
  NoSQLModule.configure()
  NoSQLModule.configure({
    driver: "mongodb",
    mongodb: { uri: "mongodb://h", maxPoolSize: 3, writeConcernW: "majority" },
  })
  NoSQLModule.configure({ driver: mongodb({ uri: "mongodb://h" }) })
  NoSQLModule.configure({ backends: [{ name: "a", primary: true, mongodb: { database: "x" } }] })
  NoSQLModule.configure<{ couch: { url: string } }>({ driver: "nosql-driver-couch", couch: { url: "x" } })
  // @ts-expect-error: a typing mistake
  NoSQLModule.configure({ drivr: "mongodb" })
  // @ts-expect-error: code uses camelCase
  NoSQLModule.configure({ mongodb: { max_pool_size: 3 } })
  // @ts-expect-error: a wrong type
  NoSQLModule.configure({ mongodb: { maxPoolSize: "3" } })
  // @ts-expect-error: no such choice
  NoSQLModule.configure({ scans: "never" })
  // @ts-expect-error: no such read preference
  NoSQLModule.configure({ mongodb: { readPreference: "primaryPrefered" } })
  // @ts-expect-error: a backend has a name
  NoSQLModule.configure({ backends: [{ primary: true }] })
  // @ts-expect-error: the block of a driver that is not declared
  NoSQLModule.configure({ driver: "nosql-driver-couch", couch: { url: "x" } })
})

test("what resolve gives", () => {
  const Events = defineCollection<{ kind: string }>("events")
  class Repository {
    static readonly storeName = "analytics"
    readonly store: DocumentStore
    constructor(store: DocumentStore) {
      this.store = store
    }
  }
  const app = {} as Application
  expectTypeOf(() => app.resolve(DocumentStore)).returns.toEqualTypeOf<DocumentStore>()
  expectTypeOf(() => app.resolve(DocumentStore.named("x"))).returns.toEqualTypeOf<DocumentStore>()
  expectTypeOf(() => app.resolve(Repository)).returns.toEqualTypeOf<Repository>()
  expectTypeOf(() => app.resolve(Events).findOne({ kind: "a" })).returns.resolves.toEqualTypeOf<WithId<{
    kind: string
  }> | null>()
  const analytics = DocumentStore.named("x").collection(Events)
  expectTypeOf(() => app.resolve(analytics).get("id")).returns.resolves.toEqualTypeOf<WithId<{
    kind: string
  }> | null>()
})
