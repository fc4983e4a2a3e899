import { connect, type DocumentStore, NoSQLError, repository } from "@nosql/core"
import { memory } from "@nosql/driver-memory"
import { expect, test } from "vitest"

interface Note {
  title: string
}

/** A store whose answers to some replacements get lost. */
function losing(store: DocumentStore): DocumentStore {
  const lost = new NoSQLError("unavailable", "the answer got lost", { details: { unknown: "rest" } })
  return Object.assign(Object.create(store), {
    backend: store.backend,
    collection: (source: string) => {
      const collection = store.collection<Note>(source)
      const findOneAndReplace = async (filter: never, note: Note, options: object) =>
        note.title === "lost" ? Promise.reject(lost) : collection.findOneAndReplace(filter, note, options)
      return Object.assign(Object.create(bound(collection)), { name: source, findOneAndReplace })
    },
  })
}

/** The methods of an object with private fields, callable from what inherits them. */
function bound<T extends object>(object: T): T {
  return new Proxy(object, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      return typeof value === "function" ? value.bind(target) : value
    },
  })
}

test("saveMany tells what it does not know apart from what failed", async () => {
  const store = await connect(memory())
  const notes = new (repository<Note>("notes"))(losing(store))
  const saved = notes.saveMany([
    { title: "new" },
    { _id: "a", title: "A" },
    { _id: "b", title: "lost" },
    { _id: "c", title: "C", "bad.name": 1 } as Note,
    ...Array.from({ length: 40 }, (_, n) => ({ _id: `n${n}`, title: "N" })),
  ])
  const error = await saved.catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: "invalid-argument", operation: "saveMany", collection: "notes" })
  const { done, failed, unknown, notTried } = (error as NoSQLError).details as Record<string, number[]>
  expect([done?.slice(0, 2), failed, unknown]).toEqual([[0, 1], [3], [2]])
  // Sixteen at a time: those under way ended, the rest was not begun.
  expect(notTried?.length).toBeGreaterThan(20)
  expect((done?.length ?? 0) + (notTried?.length ?? 0)).toBe(42)
  expect(await store.collection("notes").count({})).toBe(done?.length)
  await store.close()
})

test("what afterSave throws reaches the caller, and the entity is saved", async () => {
  const store = await connect(memory())
  const Notes = repository<Note>("notes", {
    afterSave: () => {
      throw new RangeError("no mail today")
    },
  })
  await expect(new Notes(store).save({ _id: "a", title: "A" })).rejects.toThrow(RangeError)
  expect(await store.collection("notes").get("a")).toEqual({ _id: "a", title: "A" })
  await store.close()
})
