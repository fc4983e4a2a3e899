import type { Document, StandardSchema } from "@nosql/contracts"
import {
  type DocumentRepository,
  defineCollection,
  type RepositoryOptions,
  repository,
  spec,
} from "@nosql/core"
import { expect } from "vitest"
import type { CaseContext, ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

interface Note {
  title: string
  body?: string
  rank?: number
  createdAt?: Date
  updatedAt?: Date
  version?: number
  tenantId?: string
  _deletedAt?: Date
}

/** A clock that is a second later at each look. */
function ticking(): () => Date {
  let seconds = 0
  return () => new Date(Date.UTC(2024, 0, 1) + 1000 * seconds++)
}

function notes(context: CaseContext, options: RepositoryOptions): DocumentRepository<Note> {
  const { name } = context.collection()
  return new (repository(defineCollection<Note>(name), { clock: ticking(), ...options }))(context.store)
}

/** The documents as they are, past every repository. */
function stored(context: CaseContext, repo: DocumentRepository<Note>) {
  const { collection } = repo
  return context.store.collection<Document>(typeof collection === "string" ? collection : collection.name)
}

const ids = (found: readonly { readonly _id: string }[]) => found.map(({ _id }) => _id).sort()
const abc: readonly (Note & { _id: string })[] = [
  { _id: "a", title: "A", rank: 1 },
  { _id: "b", title: "B", rank: 2 },
  { _id: "c", title: "C", rank: 3 },
]

const softDeleteCases: readonly ConformanceCase[] = [
  {
    name: "soft delete: what is deleted is in no read, count, page or specification, and nowhere gone",
    run: async (context) => {
      const repo = notes(context, { softDelete: true })
      await repo.saveMany(abc)
      expect([await repo.delete("a"), await repo.delete("a"), await repo.delete("z")]).toEqual([
        true,
        false,
        false,
      ])
      expect(await repo.get("a")).toBeNull()
      await expectError("not-found", () => repo.getOrThrow("a"))
      expect((await repo.getMany(["a", "b"])).map((note) => note?._id)).toEqual([undefined, "b"])
      expect(ids(await repo.list())).toEqual(["b", "c"])
      expect(ids(await repo.findBy({ rank: 1 }))).toEqual([])
      expect(await repo.findOneBy({ title: "A" })).toBeNull()
      expect(ids(await repo.findByFilter({ $or: [{ rank: 1 }, { rank: 2 }] }))).toEqual(["b"])
      expect(ids(await repo.findBySpec(spec<Note>().gte("rank", 1)))).toEqual(["b", "c"])
      expect(await repo.findOneBySpec(spec<Note>().eq("rank", 1))).toBeNull()
      expect(ids(await repo.stream().toArray())).toEqual(["b", "c"])
      expect(ids((await repo.page()).items)).toEqual(["b", "c"])
      expect(await repo.count()).toBe(2)
      expect([await repo.exists("a"), await repo.exists({ rank: 1 })]).toEqual([false, false])
      expect(await repo.update("a", { title: "x" })).toBeNull()
      expect(await stored(context, repo).get("a")).toEqual({
        ...abc[0],
        _deleted: true,
        _deletedAt: expect.any(Date),
      })
    },
  },
  {
    name: "soft delete: no filter of the caller's sees through it",
    run: async (context) => {
      const repo = notes(context, { softDelete: true })
      await repo.saveMany(abc)
      await repo.delete("a")
      const asked = [
        { _deleted: true },
        { $or: [{ _deleted: true }] },
        { $nor: [{ _deleted: false }] },
      ] as never[]
      for (const filter of asked) expect(await repo.findByFilter(filter)).toEqual([])
      expect(await repo.count({ _deleted: { $exists: true } } as never)).toBe(2)
      expect(await repo.exists({ $or: [{ _id: "a" }] })).toBe(false)
    },
  },
  {
    name: "soft delete: withDeleted and onlyDeleted see it, restore brings it back, hard deletion removes it",
    run: async (context) => {
      const repo = notes(context, { softDelete: true })
      await repo.saveMany(abc)
      expect(await repo.deleteMany(["a", "b", "z", "a"])).toBe(2)
      expect(await repo.deleteMany(["a"])).toBe(0)
      expect(ids(await repo.withDeleted().list())).toEqual(["a", "b", "c"])
      expect(ids(await repo.onlyDeleted().list())).toEqual(["a", "b"])
      expect(await repo.onlyDeleted().get("a")).toEqual({ ...abc[0], _deletedAt: expect.any(Date) })
      expect([await repo.onlyDeleted().count(), await repo.withDeleted().exists("a")]).toEqual([2, true])
      expect([await repo.restore("a"), await repo.restore("a"), await repo.restore("c")]).toEqual([
        true,
        false,
        false,
      ])
      expect(await repo.get("a")).toEqual(abc[0])
      expect(await repo.delete("b", { hard: true })).toBe(false)
      expect(await repo.onlyDeleted().delete("b", { hard: true })).toBe(true)
      expect(await repo.delete("c", { hard: true })).toBe(true)
      expect(ids(await stored(context, repo).find({}).toArray())).toEqual(["a"])
      expect(await repo.deleteMany(["a"], { hard: true })).toBe(1)
      expect(await stored(context, repo).count({})).toBe(0)
    },
  },
  {
    name: "soft delete: a save brings nothing back by mistake; through withDeleted it keeps the deletion",
    run: async (context) => {
      const repo = notes(context, { softDelete: true })
      const [a] = await repo.saveMany(abc)
      await repo.delete("a")
      const error = await expectError("conflict", () => repo.save({ _id: "a", title: "again" }))
      expect(error.details).toEqual({ deleted: true })
      await expectError("already-exists", () => repo.insert({ _id: "a", title: "again" }))
      expect(await stored(context, repo).get("a")).toMatchObject({ title: "A", _deleted: true })
      const edited = await repo.withDeleted().save({ ...a, _id: "a", title: "edited" })
      expect(edited).toMatchObject({ title: "edited", _deletedAt: expect.any(Date) })
      expect(await repo.get("a")).toBeNull()
      expect((await repo.onlyDeleted().save({ ...edited, title: "twice" })).title).toBe("twice")
      expect(await stored(context, repo).get("a")).toMatchObject({ title: "twice", _deleted: true })
      await expectError("invalid-argument", () => repo.onlyDeleted().insert({ title: "new" }))
      await expectError("invalid-argument", () => repo.update("b", { _deleted: true } as never))
    },
  },
  {
    name: "soft delete: backfill makes a collection from before visible, once",
    run: async (context) => {
      const repo = notes(context, { softDelete: true, timestamps: true, optimisticLocking: true })
      await stored(context, repo).insertMany([
        { _id: "x", title: "old" },
        { _id: "y", title: "old" },
      ])
      await repo.save({ _id: "a", title: "new" })
      await repo.delete("a")
      expect(await repo.list()).toEqual([])
      expect(await repo.backfill()).toEqual({ _deleted: 2, createdAt: 2, updatedAt: 2, version: 2 })
      expect(await repo.backfill()).toEqual({ _deleted: 0, createdAt: 0, updatedAt: 0, version: 0 })
      expect(ids(await repo.list())).toEqual(["x", "y"])
      expect(ids(await repo.onlyDeleted().list())).toEqual(["a"])
      expect((await repo.save({ ...(await repo.getOrThrow("x")), title: "newer" })).version).toBe(2)
    },
  },
]

const plainCases: readonly ConformanceCase[] = [
  {
    name: "without soft delete nothing is deleted softly: onlyDeleted is refused, withDeleted is all",
    run: async (context) => {
      const repo = notes(context, {})
      await repo.save({ _id: "a", title: "A" })
      await expectError("invalid-argument", async () => repo.onlyDeleted().list())
      expect(ids(await repo.withDeleted().list())).toEqual(["a"])
    },
  },
]

const timestampCases: readonly ConformanceCase[] = [
  {
    name: "timestamps: createdAt stays, updatedAt moves, whatever the entity says",
    run: async (context) => {
      const repo = notes(context, { timestamps: true })
      const saved = await repo.save({ _id: "a", title: "A", createdAt: new Date(5), updatedAt: new Date(5) })
      expect(Number(saved.createdAt)).toBeGreaterThanOrEqual(Date.UTC(2024, 0, 1))
      expect(saved.updatedAt).toEqual(saved.createdAt)
      let last = saved
      for (const entity of [saved, { _id: "a", title: "B" }, { ...saved, createdAt: new Date(9) }]) {
        const again = await repo.save({ ...entity, body: "x" })
        expect(again.createdAt).toEqual(saved.createdAt)
        expect(Number(again.updatedAt)).toBeGreaterThan(Number(last.updatedAt))
        expect(await repo.get("a")).toEqual(again)
        last = again
      }
      const updated = await repo.update("a", { $inc: { rank: 1 } })
      expect(updated).toEqual({ ...last, rank: 1, updatedAt: expect.any(Date) })
      expect(Number(updated?.updatedAt)).toBeGreaterThan(Number(last.updatedAt))
      for (const changes of [{ createdAt: new Date() }, { $set: { updatedAt: new Date() } }] as never[])
        await expectError("invalid-argument", () => repo.update("a", changes))
      const [many] = await repo.saveMany([{ title: "new" }])
      expect(many?.createdAt).toBeInstanceOf(Date)
    },
  },
]

const lockingCases: readonly ConformanceCase[] = [
  {
    name: "W27: optimistic locking refuses a stale save, and says what was expected and what is there",
    run: async (context) => {
      const repo = notes(context, { optimisticLocking: true })
      const first = await repo.save({ title: "A" })
      expect(first.version).toBe(1)
      const second = await repo.save({ ...first, title: "B" })
      expect(second).toEqual({ ...first, title: "B", version: 2 })
      const error = await expectError("conflict", () => repo.save({ ...first, title: "C" }))
      expect(error.details).toEqual({ expected: 1, actual: 2 })
      expect(await repo.get(first._id)).toEqual(second)
      const { version: _, ...unversioned } = first
      const unread = await expectError("conflict", () => repo.save(unversioned))
      expect(unread.details).toEqual({ expected: null, actual: 2 })
      await repo.delete(first._id)
      const gone = await expectError("conflict", () => repo.save(second))
      expect(gone.details).toEqual({ expected: 2, actual: null })
      await expectError("invalid-argument", () => repo.save({ title: "x", version: "1" as never }))
    },
  },
  {
    name: "optimistic locking: updates count, and wait for a version where they are told to",
    run: async (context) => {
      const repo = notes(context, { optimisticLocking: true, softDelete: true })
      await repo.save({ _id: "a", title: "A" })
      expect((await repo.update("a", { title: "B" }))?.version).toBe(2)
      const stale = await expectError("conflict", () => repo.update("a", { title: "C" }, { version: 1 }))
      expect(stale.details).toEqual({ expected: 1, actual: 2 })
      expect((await repo.update("a", { title: "C" }, { version: 2 }))?.version).toBe(3)
      expect(await repo.update("z", { title: "C" }, { version: 2 })).toBeNull()
      await expectError("conflict", () => repo.delete("a", { version: 2 }))
      expect(await repo.delete("z", { version: 1 })).toBe(false)
      expect(await repo.delete("a", { version: 3 })).toBe(true)
      expect(await repo.restore("a")).toBe(true)
      expect((await repo.getOrThrow("a")).version).toBe(5)
      await expectError("invalid-argument", () => repo.update("a", { version: 9 } as never))
    },
  },
  {
    name: "optimistic locking: of ten concurrent saves of one version exactly one wins",
    run: async (context) => {
      for (const options of [{}, { timestamps: true }, { timestamps: true, softDelete: true }]) {
        const repo = notes(context, { optimisticLocking: true, ...options })
        const { createdAt: _, ...read } = await repo.save({ title: "start" })
        for (const entity of [read, await repo.getOrThrow(read._id)]) {
          const { version } = await repo.getOrThrow(read._id)
          const outcomes = await Promise.allSettled(
            Array.from({ length: 10 }, (_, rank) => repo.save({ ...entity, version, rank } as Note)),
          )
          const won = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []))
          const lost = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []))
          const refused = lost.find(({ code }) => code === "unsupported")
          if (refused !== undefined) throw refused
          expect(won.length).toBe(1)
          expect(lost.map(({ code, details }) => ({ code, ...details }))).toEqual(
            Array.from({ length: 9 }, () => ({
              code: "conflict",
              expected: version,
              actual: Number(version) + 1,
            })),
          )
          expect(await repo.get(read._id)).toEqual(won[0])
        }
      }
    },
  },
  {
    name: "of ten concurrent saves of one new id without versions the last one stays whole",
    run: async (context) => {
      for (const options of [{}, { timestamps: true }, { softDelete: true }]) {
        const repo = notes(context, options)
        const saved = await Promise.all(
          Array.from({ length: 10 }, (_, rank) => repo.save({ _id: "a", title: `t${rank}`, rank })),
        )
        expect(saved.map(({ rank }) => rank)).toEqual(Array.from({ length: 10 }, (_, rank) => rank))
        const left = await repo.getOrThrow("a")
        expect(left.title).toBe(`t${left.rank}`)
        expect(await repo.count()).toBe(1)
      }
    },
  },
]

const switches = [false, true]
const combinations = switches.flatMap((softDelete) =>
  switches.flatMap((timestamps) =>
    switches.flatMap((optimisticLocking) =>
      switches.map(
        (multiTenant): RepositoryOptions => ({ softDelete, timestamps, optimisticLocking, multiTenant }),
      ),
    ),
  ),
)

const combinationCases = combinations.map((options): ConformanceCase => {
  const named = Object.entries(options).filter(([, on]) => on)
  return {
    name: `together: ${named.map(([name]) => name).join(", ") || "nothing"}`,
    run: async (context) => {
      const whole = notes(context, options)
      const repo = options.multiTenant ? whole.forTenant("t1") : whole
      const kept = (version: number, created: Date | undefined) => ({
        ...(options.timestamps
          ? { createdAt: created ?? expect.any(Date), updatedAt: expect.any(Date) }
          : {}),
        ...(options.optimisticLocking ? { version } : {}),
        ...(options.multiTenant ? { tenantId: "t1" } : {}),
      })
      const inserted = await repo.save({ title: "A", body: "x" })
      expect(inserted).toEqual({ _id: expect.any(String), title: "A", body: "x", ...kept(1, undefined) })
      const { _id, createdAt } = inserted
      const { body: _, ...shorter } = inserted
      expect(await repo.save({ ...shorter, title: "B" })).toEqual({ _id, title: "B", ...kept(2, createdAt) })
      expect(await repo.update(_id, { rank: 1 })).toEqual({ _id, title: "B", rank: 1, ...kept(3, createdAt) })
      const [, given] = await repo.saveMany([{ title: "C" }, { _id: "given", title: "D" }])
      expect(given).toEqual({ _id: "given", title: "D", ...kept(1, undefined) })
      expect(await repo.get(_id)).toEqual({ _id, title: "B", rank: 1, ...kept(3, createdAt) })
      expect((await repo.list({ sort: { title: 1 } })).map(({ title }) => title)).toEqual(["B", "C", "D"])
      expect(await repo.count(spec<Note>().in("title", ["B", "C"]))).toBe(2)
      expect(await repo.delete(_id)).toBe(true)
      expect(await repo.get(_id)).toBeNull()
      expect(await repo.count()).toBe(2)
      if (options.softDelete) {
        expect(await repo.restore(_id)).toBe(true)
        expect(await repo.get(_id)).toEqual({ _id, title: "B", rank: 1, ...kept(5, createdAt) })
        await repo.delete(_id)
      }
      const left = await stored(context, repo).get(_id)
      expect(left === null).toBe(options.softDelete !== true)
      expect(await repo.deleteMany(["given", "z"])).toBe(1)
    },
  }
})

interface Article {
  title: string
  kind: string
}

/** A schema that fills in a default, drops what it does not know, and refuses what it must not see. */
const articleSchema: StandardSchema<{ title: string; kind?: string }, Article> = {
  "~standard": {
    version: 1,
    vendor: "case",
    validate: (value) => {
      const { title, kind = "news", _deleted } = value as Record<string, unknown>
      if (typeof title !== "string" || _deleted !== undefined) return { issues: [{ message: "no article" }] }
      return { value: { title: title.trim(), kind: String(kind) } }
    },
  },
}

const definitionCases: readonly ConformanceCase[] = [
  {
    name: "a schema need not know what the repository keeps, and entities come back as it leaves them",
    run: async (context) => {
      const { name } = context.collection()
      const Articles = defineCollection(name, { schema: articleSchema, validateUpdates: true })
      const Repo = repository(Articles, { softDelete: true, timestamps: true, optimisticLocking: true })
      const repo = new Repo(context.store)
      const saved = await repo.save({ title: " A " })
      expect(saved).toMatchObject({ title: "A", kind: "news", version: 1, createdAt: expect.any(Date) })
      expect(await repo.get(saved._id)).toEqual(saved)
      expect(await repo.save({ ...saved, title: " B " })).toMatchObject({ title: "B", version: 2 })
      expect(await repo.update(saved._id, { title: " C " })).toMatchObject({ title: "C", version: 3 })
      expect(await repo.saveMany([{ title: " D " }, { title: "E", kind: "x" }])).toMatchObject([
        { title: "D", kind: "news", version: 1 },
        { title: "E", kind: "x", version: 1 },
      ])
      await expectError("validation", () => repo.save({ title: 5 } as never))
      expect(await repo.delete(saved._id)).toBe(true)
      expect(await repo.count()).toBe(2)
    },
  },
  {
    name: "declared kinds come back as they are read",
    run: async (context) => {
      const Accounts = defineCollection<{ balance: bigint; note?: string }>(context.collection().name, {
        fields: { balance: "bigint" },
      })
      const repo = new (repository(Accounts, { optimisticLocking: true }))(context.store)
      const saved = await repo.save({ balance: 5n, note: undefined } as never)
      expect(saved).toEqual({ _id: expect.any(String), balance: 5n, version: 1 })
      expect(await repo.get(saved._id)).toEqual(saved)
      expect(await repo.save({ ...saved, balance: 6n })).toEqual({ ...saved, balance: 6n, version: 2 })
    },
  },
  {
    name: "ids that are stored in lower case are found in either",
    run: async (context) => {
      const { name } = context.collection()
      const Things = defineCollection<{ n: number }>(name, { ids: "objectId" })
      const repo = new (repository(Things))(context.store)
      const id = "65F0A1B2C3D4E5F6A7B8C9D0"
      const saved = await repo.save({ _id: id, n: 1 })
      expect(saved._id).toBe(id.toLowerCase())
      expect(await repo.save({ ...saved, _id: id, n: 2 })).toEqual({ _id: id.toLowerCase(), n: 2 })
      expect((await repo.getMany([id, saved._id])).map((thing) => thing?.n)).toEqual([2, 2])
      expect(await repo.count()).toBe(1)
    },
  },
]

export const repositoryBehaviourCases: readonly ConformanceCase[] = [
  ...softDeleteCases,
  ...plainCases,
  ...timestampCases,
  ...lockingCases,
  ...definitionCases,
  ...combinationCases,
]
