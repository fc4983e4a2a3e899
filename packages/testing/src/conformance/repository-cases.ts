import { NoSQLError } from "@nosql/contracts"
import {
  type DocumentRepository,
  defineCollection,
  type RepositoryOptions,
  repository,
  type Specification,
  spec,
} from "@nosql/core"
import { expect } from "vitest"
import type { CaseContext, ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

interface Member {
  name: string
  age?: number
  tags?: string[]
}

/** A repository over a collection that nobody else uses. */
function members(context: CaseContext, options: RepositoryOptions = {}): DocumentRepository<Member> {
  const Members = repository<Member>(context.collection().name, options)
  return new Members(context.store)
}

async function filled(
  context: CaseContext,
  options?: RepositoryOptions,
): Promise<DocumentRepository<Member>> {
  const repo = members(context, options)
  await repo.saveMany([
    { _id: "a", name: "Ada", age: 36, tags: ["x"] },
    { _id: "b", name: "Bob", age: 17 },
    { _id: "c", name: "Cid", age: 40, tags: ["x", "y"] },
    { _id: "d", name: "Ada" },
  ])
  return repo
}

const ids = (found: readonly ({ readonly _id: string } | null)[]) =>
  found.map((entity) => entity?._id ?? null)
const sorted = (found: readonly { readonly _id: string }[]) => ids(found).sort()

export const repositoryCases: readonly ConformanceCase[] = [
  {
    name: "W7, W8: what save returns is found by its id, and saving it again makes no second document",
    run: async (context) => {
      const repo = members(context)
      for (const entity of [
        { name: "Ada" },
        { _id: "65f0a1b2c3d4e5f6a7b8c9d0", name: "Hex" },
        { _id: "x", name: "X" },
      ]) {
        const saved = await repo.save(entity)
        expect(saved).toEqual({ _id: expect.any(String), ...entity })
        expect(await repo.get(saved._id)).toEqual(saved)
        const again = await repo.save({ ...saved, age: 5 })
        expect(again).toEqual({ ...saved, age: 5 })
        expect(await repo.findBy({ name: entity.name })).toEqual([again])
      }
      expect(await repo.count()).toBe(3)
    },
  },
  {
    name: "W27: save removes the fields that the entity no longer has, and leaves the caller's object alone",
    run: async (context) => {
      const repo = members(context)
      const given = { name: "Ada", age: 36, tags: ["x"] }
      const saved = await repo.save(given)
      expect(given).toEqual({ name: "Ada", age: 36, tags: ["x"] })
      const { age: _, ...younger } = saved
      expect(await repo.save(younger)).toEqual(younger)
      expect(await repo.get(saved._id)).toEqual(younger)
      expect(await repo.save({ ...younger, tags: undefined } as never)).toEqual({
        _id: saved._id,
        name: "Ada",
      })
      expect(await repo.get(saved._id)).toEqual({ _id: saved._id, name: "Ada" })
    },
  },
  {
    name: "insert keeps what is there",
    run: async (context) => {
      const repo = members(context)
      const saved = await repo.insert({ name: "Ada" })
      const error = await expectError("already-exists", () => repo.insert({ ...saved, name: "Bob" }))
      expect(error.path).toBe("_id")
      expect(await repo.get(saved._id)).toEqual(saved)
    },
  },
  {
    name: "get, getOrThrow and getMany go by id",
    run: async (context) => {
      const repo = await filled(context)
      expect(await repo.get("b")).toEqual({ _id: "b", name: "Bob", age: 17 })
      expect(await repo.get("z")).toBeNull()
      expect((await repo.getOrThrow("a")).name).toBe("Ada")
      const error = await expectError("not-found", () => repo.getOrThrow("z"))
      expect(error.operation).toBe("getOrThrow")
      expect(ids(await repo.getMany(["c", "z", "a", "c"]))).toEqual(["c", null, "a", "c"])
      expect(await repo.getMany([])).toEqual([])
    },
  },
  {
    name: "list is a window of 100, sorted, by equal values",
    run: async (context) => {
      const repo = members(context)
      await repo.saveMany(
        Array.from({ length: 130 }, (_, age) => ({ name: age % 2 === 0 ? "even" : "odd", age })),
      )
      expect((await repo.list()).length).toBe(100)
      expect((await repo.list({ limit: 200 })).length).toBe(130)
      const window = await repo.list({ where: { name: "odd" }, sort: { age: -1 }, skip: 2, limit: 3 })
      expect(window.map(({ age }) => age)).toEqual([125, 123, 121])
      expect(await repo.list({ limit: 0 })).toEqual([])
    },
  },
  {
    name: "values by path are never operators, and an undefined one does not find everything",
    run: async (context) => {
      const repo = await filled(context)
      expect(sorted(await repo.findBy({ name: "Ada", age: 36 }))).toEqual(["a"])
      expect(sorted(await repo.findBy({ age: null }))).toEqual(["d"])
      expect(await repo.findOneBy({ name: "Nobody" })).toBeNull()
      const wrong = [{ name: { $ne: null } }, { name: undefined }, { $or: [{}] }] as never[]
      for (const equalities of wrong) {
        await expectError("invalid-argument", () => repo.findBy(equalities))
        await expectError("invalid-argument", () => repo.findOneBy(equalities))
        await expectError("invalid-argument", () => repo.list({ where: equalities }))
      }
    },
  },
  {
    name: "W27: a find without a limit is bounded, and says so instead of cutting",
    run: async (context) => {
      const repo = await filled(context, { maxResults: 3 })
      const error = await expectError("resource-exhausted", () => repo.findByFilter({}))
      expect(error.details).toEqual({ maxResults: 3 })
      await expectError("resource-exhausted", () => repo.findBySpec(spec<Member>().exists("name")))
      expect((await repo.findByFilter({ age: { $gt: 0 } })).length).toBe(3)
      expect((await repo.findByFilter({}, { limit: 4 })).length).toBe(4)
      expect((await repo.stream().toArray()).length).toBe(4)
    },
  },
  {
    name: "W16: specifications find, count and page",
    run: async (context) => {
      const repo = await filled(context)
      const adult: Specification<Member> = spec<Member>().gte("age", 18)
      expect(sorted(await repo.findBySpec(adult))).toEqual(["a", "c"])
      expect(ids(await repo.findBySpec(adult.not(), { sort: { age: 1 } }))).toEqual(["d", "b"])
      expect((await repo.findOneBySpec(adult, { sort: { age: -1 } }))?._id).toBe("c")
      expect(await repo.findOneBySpec(adult.and({ name: "Bob" }))).toBeNull()
      expect(await repo.count(adult)).toBe(2)
      expect(await repo.exists(adult.and({ tags: { $contains: "y" } }))).toBe(true)
      expect(sorted((await repo.page(adult, { size: 5 })).items)).toEqual(["a", "c"])
      await expectError("invalid-argument", () => repo.findBySpec({ age: 5 } as never))
    },
  },
  {
    name: "pages walk over all, streams too",
    run: async (context) => {
      const repo = await filled(context)
      const seen: (string | null)[] = []
      let after: string | undefined
      do {
        const page = await repo.page(
          { name: { $gt: "A" } },
          { sort: { name: -1 }, size: 3, ...(after === undefined ? {} : { after }) },
        )
        seen.push(...ids(page.items))
        after = page.next
      } while (after !== undefined)
      expect(seen).toEqual(["c", "b", "d", "a"])
      expect(sorted(await repo.stream({ age: { $lt: 38 } }).toArray())).toEqual(["a", "b"])
    },
  },
  {
    name: "exists takes an id or a filter, count a filter",
    run: async (context) => {
      const repo = await filled(context)
      expect([await repo.exists("a"), await repo.exists("z")]).toEqual([true, false])
      expect([await repo.exists({ age: 17 }), await repo.exists({ age: 18 })]).toEqual([true, false])
      expect([await repo.count(), await repo.count({ tags: { $size: 2 } })]).toEqual([4, 1])
    },
  },
  {
    name: "W27: saveMany inserts and replaces, in the order of the entities",
    run: async (context) => {
      const repo = await filled(context)
      const saved = await repo.saveMany([
        { name: "New" },
        { _id: "b", name: "Bob", age: 18 },
        { name: "Newer" },
        { _id: "e", name: "Eve" },
      ])
      expect(saved).toEqual([
        { _id: expect.any(String), name: "New" },
        { _id: "b", name: "Bob", age: 18 },
        { _id: expect.any(String), name: "Newer" },
        { _id: "e", name: "Eve" },
      ])
      expect(await repo.getMany(saved.map(({ _id }) => _id))).toEqual(saved)
      expect(await repo.count()).toBe(7)
      expect(await repo.saveMany([])).toEqual([])
    },
  },
  {
    name: "saveMany of one id several times saves in the order of the entities: the last one stays",
    run: async (context) => {
      const repo = await filled(context)
      const entities = Array.from({ length: 8 }, (_, age) => [
        { _id: "b", name: `Bob ${age}`, age },
        { _id: "new", name: `New ${age}`, age },
      ]).flat()
      expect(await repo.saveMany(entities)).toEqual(entities)
      expect(await repo.getMany(["b", "new"])).toEqual(entities.slice(-2))
    },
  },
  {
    name: "saveMany says by index what was saved when one fails",
    run: async (context) => {
      const Unique = defineCollection<Member>(context.collection().name, {
        indexes: [{ keys: { name: 1 }, unique: true }],
      })
      const repo = new (repository(Unique))(context.store)
      await repo.save({ _id: "a", name: "Ada" })
      const error = await expectError("already-exists", () =>
        repo.saveMany([{ _id: "b", name: "Bob" }, { name: "Cid" }, { name: "Ada" }, { name: "Dan" }]),
      )
      expect(error.details).toMatchObject({ done: [1, 3], failed: [2], unknown: [], notTried: [0] })
      expect((await repo.list()).map(({ name }) => name).sort()).toEqual(["Ada", "Cid", "Dan"])
      const later = await expectError("already-exists", () =>
        repo.saveMany([{ name: "Eve" }, { _id: "b", name: "Ada" }]),
      )
      expect(later.details).toMatchObject({ done: [0], failed: [1], unknown: [], notTried: [] })
      expect(NoSQLError.isInstance(later.cause)).toBe(true)
    },
  },
  {
    name: "update changes fields or applies operators, and gives the entity as it is then",
    run: async (context) => {
      const repo = await filled(context)
      expect(await repo.update("a", { name: "Ada L." })).toEqual({
        _id: "a",
        name: "Ada L.",
        age: 36,
        tags: ["x"],
      })
      expect(await repo.update("a", { $inc: { age: 1 }, $push: { tags: "z" }, $unset: {} })).toMatchObject({
        age: 37,
        tags: ["x", "z"],
      })
      expect(await repo.update("a", { $unset: { age: true } })).toEqual({
        _id: "a",
        name: "Ada L.",
        tags: ["x", "z"],
      })
      expect(await repo.update("z", { name: "Zoe" })).toBeNull()
      expect(await repo.count()).toBe(4)
      for (const changes of [{}, { name: "x", $inc: { age: 1 } }, { _id: "q" }, { $set: 5 }, null] as never[])
        await expectError("invalid-argument", () => repo.update("a", changes))
      await expectError("invalid-argument", () => repo.update("a", { name: "x" }, { version: 1 }))
    },
  },
  {
    name: "delete says whether there was one, deleteMany how many",
    run: async (context) => {
      const repo = await filled(context)
      expect([await repo.delete("a"), await repo.delete("a"), await repo.delete("z")]).toEqual([
        true,
        false,
        false,
      ])
      expect(await repo.deleteMany(["b", "z", "c", "b"])).toBe(2)
      expect(await repo.deleteMany([])).toBe(0)
      expect(ids(await repo.list())).toEqual(["d"])
      await expectError("invalid-argument", () => repo.restore("a"))
    },
  },
]
