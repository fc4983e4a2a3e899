import type { DocumentStore } from "@nosql/contracts"
import {
  DocumentRepository,
  defineCollection,
  type Filter,
  type NewEntity,
  repository,
  Specification,
  spec,
} from "@nosql/core"
import { expect } from "vitest"
import type { CaseContext, ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

interface UserDocument {
  name: string
  roles: string[]
  version?: number
}

class Admin extends Specification<UserDocument> {
  toFilter(): Filter<UserDocument> {
    return { roles: { $contains: "admin" } }
  }
}

/** An entity with behaviour and an `id`, as a domain has it. */
class User {
  readonly id: string | undefined
  readonly name: string
  readonly roles: readonly string[]
  readonly version: number | undefined

  constructor({
    id,
    name,
    roles,
    version,
  }: { id?: string; name: string; roles: readonly string[]; version?: number }) {
    this.id = id
    this.name = name
    this.roles = roles
    this.version = version
  }

  promoted(): User {
    return new User({
      ...(this as { id?: string; version?: number }),
      name: this.name,
      roles: [...this.roles, "admin"],
    })
  }
}

/** A class for a collection that nobody else uses. */
function userRepository(context: CaseContext) {
  const Users = defineCollection<UserDocument>(context.collection().name)
  return class UserRepository extends DocumentRepository<UserDocument, User> {
    readonly collection = Users
    override readonly options = { optimisticLocking: true, softDelete: true }

    protected override async toEntity({ _id, ...document }: UserDocument & { _id: string }) {
      return new User({ id: _id, ...document })
    }
    protected override toDocument({ id, name, roles, version }: User): NewEntity<UserDocument> {
      const known = {
        ...(id === undefined ? {} : { _id: id }),
        ...(version === undefined ? {} : { version }),
      }
      return { name, roles: [...roles], ...known }
    }
    findAdmins() {
      return this.findBySpec(new Admin(), { sort: { name: 1 } })
    }
  }
}

const named = (name: string) => new User({ name, roles: [] })

export const repositoryClassCases: readonly ConformanceCase[] = [
  {
    name: "a class maps documents to entities of its own and back, everywhere",
    run: async (context) => {
      const Repository = userRepository(context)
      const users = new Repository(context.store)
      const ada = await users.save(named("Ada"))
      expect(ada).toBeInstanceOf(User)
      expect(ada).toEqual(new User({ id: expect.any(String), name: "Ada", roles: [], version: 1 } as never))
      const admin = await users.save(ada.promoted())
      expect(admin).toEqual(new User({ id: String(ada.id), name: "Ada", roles: ["admin"], version: 2 }))
      await expectError("conflict", () => users.save(ada.promoted()))
      const [bob] = await users.saveMany([named("Bob")])
      const id = String(bob?.id)
      const found = [
        await users.get(id),
        ...(await users.getMany([id])),
        ...(await users.findBy({ name: "Bob" })),
        ...(await users.findByFilter({ name: "Bob" })),
        ...(await users.list({ where: { name: "Bob" } })),
        ...(await users.page({ name: "Bob" })).items,
        ...(await users.stream({ name: "Bob" }).toArray()),
      ]
      expect(found).toEqual(Array.from({ length: 7 }, () => bob))
      expect(await users.update(id, { $push: { roles: "admin" } })).toBeInstanceOf(User)
      expect((await users.findAdmins()).map(({ name }) => name)).toEqual(["Ada", "Bob"])
      await users.delete(id)
      expect((await users.onlyDeleted().findAdmins()).map(({ name }) => name)).toEqual(["Bob"])
    },
  },
  {
    name: "hooks: what beforeSave returns is saved, afterSave sees what is stored, what throws before writes nothing",
    run: async (context) => {
      const told: string[] = []
      const Repo = repository<{ name: string }>(context.collection().name, {
        beforeSave: async (entity) => {
          told.push(`before ${entity.name}`)
          if (entity.name === "") throw new RangeError("no name")
          return { ...entity, name: entity.name.trim() }
        },
        afterSave: ({ _id, name }) => told.push(`after ${name} ${_id}`),
      })
      const repo = new Repo(context.store)
      expect(await repo.save({ _id: "a", name: " Ada " })).toEqual({ _id: "a", name: "Ada" })
      await repo.insert({ _id: "b", name: "Bob" })
      await repo.saveMany([
        { _id: "c", name: "Cid" },
        { _id: "d", name: "Dan" },
      ])
      await repo.update("a", { name: "Ada L." })
      expect(told).toEqual([
        ...["before  Ada ", "after Ada a", "before Bob", "after Bob b"],
        ...["before Cid", "before Dan", "after Cid c", "after Dan d"],
      ])
      await expect(repo.saveMany([{ name: "Eve" }, { name: "" }])).rejects.toThrow(RangeError)
      await expect(repo.save({ name: "" })).rejects.toThrow(RangeError)
      expect(await repo.count()).toBe(4)
    },
  },
  {
    name: "hooks: deletions are told one by one, and only those that happened",
    run: async (context) => {
      for (const options of [{}, { softDelete: true }]) {
        const told: string[] = []
        const Repo = repository<{ name: string }>(context.collection().name, {
          ...options,
          beforeDelete: async (id) => {
            told.push(`before ${id}`)
            if (id === "keep") throw new RangeError("kept")
          },
          afterDelete: (id) => told.push(`after ${id}`),
        })
        const repo = new Repo(context.store)
        await repo.saveMany(["a", "b", "keep"].map((_id) => ({ _id, name: _id })))
        expect([await repo.delete("a"), await repo.delete("a")]).toEqual([true, false])
        expect(await repo.deleteMany(["b", "z"])).toBe(1)
        expect([...told].sort()).toEqual([
          "after a",
          "after b",
          "before a",
          "before a",
          "before b",
          "before z",
        ])
        await expect(repo.delete("keep")).rejects.toThrow(RangeError)
        const error = await expectError("unknown", () => repo.deleteMany(["keep"]))
        expect(error.details).toMatchObject({ done: [], failed: ["keep"], notTried: [] })
        expect(error.cause).toBeInstanceOf(RangeError)
        expect(await repo.exists("keep")).toBe(true)
      }
    },
  },
  {
    name: "views keep a subclass's methods and fields; one with private fields makes its own copy",
    run: async (context) => {
      class Counting extends DocumentRepository<{ n: number }> {
        readonly collection: string
        override readonly options = { multiTenant: true }
        #least: number
        constructor(store: DocumentStore, collection: string, least: number) {
          super(store)
          this.collection = collection
          this.#least = least
        }
        protected override copy(): this {
          return new Counting(this.store, this.collection, this.#least) as this
        }
        countLarge() {
          return this.count({ n: { $gte: this.#least } })
        }
      }
      const repo = new Counting(context.store, context.collection().name, 5)
      await repo.forTenant("t1").saveMany([{ n: 4 }, { n: 5 }, { n: 6 }])
      expect(await repo.forTenant("t1").countLarge()).toBe(2)
      expect(await repo.forTenant("t2").withDeleted().countLarge()).toBe(0)
      await expectError("failed-precondition", () => repo.countLarge())
    },
  },
  {
    name: "W27: a class without a collection, half a mapping and wrong options are refused by name, before any I/O",
    run: async (context) => {
      // @ts-expect-error the compiler asks for the collection
      class Homeless extends DocumentRepository<{ n: number }> {}
      const error = await expectError("invalid-argument", () => new Homeless(context.store).list())
      expect(error.message).toContain('Homeless.list at "collection": is missing')
      const { name } = context.collection()
      const Half = repository<{ n: number }>(name, { toEntity: (document) => document })
      await expectError("invalid-argument", () => new Half(context.store).save({ n: 1 } as never))
      const Typo = repository<{ n: number }>(name, { softDelet: true } as never)
      const typo = await expectError("invalid-argument", () => new Typo(context.store).list())
      expect(typo.message).toContain(
        `repository(${name}).list at "options.softDelet": is unknown; there are softDelete`,
      )
      expect(() => repository(name, null as never)).toThrow("repository: options are an object")
      expect(() => repository(name, { toEntity: 5 } as never)).toThrow(
        'repository at "toEntity": takes a function',
      )
      const wrong = [{ timestamps: 1 }, { maxResults: 0 }, { multiTenant: 5 }, { multiTenant: "" }] as never[]
      for (const options of wrong) {
        const Wrong = repository<{ n: number }>(name, options)
        await expectError("invalid-argument", () => new Wrong(context.store).list())
      }
      const Plain = repository<{ n: number }>(name)
      const plain = new Plain(context.store)
      await expectError("invalid-argument", () => plain.save(new Date() as never))
      await expectError("invalid-argument", () => plain.save({ _id: 5, n: 1 } as never))
      await expectError("invalid-argument", () => plain.saveMany({} as never))
      await expectError("invalid-argument", () => plain.getMany("a" as never))
      await expectError("invalid-argument", () => plain.get({ $ne: null } as never))
      await expectError("invalid-argument", () => plain.forTenant("t1"))
      expect(await plain.count()).toBe(0)
    },
  },
  {
    name: "W27: options that are none, a hard that is neither yes nor no and a version that is no number are refused",
    run: async (context) => {
      const { name } = context.collection()
      const Kept = repository<{ n: number }>(name, { softDelete: true, optimisticLocking: true })
      const kept = new Kept(context.store)
      await kept.saveMany([
        { _id: "a", n: 1 },
        { _id: "b", n: 2 },
      ])
      const none = null as never
      const calls: Readonly<Record<string, () => unknown>> = {
        get: () => kept.get("a", none),
        getOrThrow: () => kept.getOrThrow("a", none),
        getMany: () => kept.getMany(["a"], none),
        list: () => kept.list(none),
        page: () => kept.page({}, none),
        findBy: () => kept.findBy({ n: 1 }, none),
        findOneBy: () => kept.findOneBy({ n: 1 }, none),
        findByFilter: () => kept.findByFilter({}, none),
        findBySpec: () => kept.findBySpec(spec<{ n: number }>().eq("n", 1), none),
        stream: () => kept.stream({}, none).toArray(),
        count: () => kept.count({}, none),
        exists: () => kept.exists("a", none),
        insert: () => kept.insert({ n: 1 }, none),
        save: () => kept.save({ n: 1 }, none),
        saveMany: () => kept.saveMany([{ n: 1 }], none),
        update: () => kept.update("a", { n: 5 }, none),
        delete: () => kept.delete("a", none),
        deleteMany: () => kept.deleteMany(["a"], none),
        restore: () => kept.restore("a", none),
        backfill: () => kept.backfill(none),
      }
      for (const [method, call] of Object.entries(calls)) {
        const error = await expectError("invalid-argument", async () => call())
        expect(error.message).toBe(`${method}: options are an object`)
      }
      const hard = "false" as never
      expect((await expectError("invalid-argument", () => kept.delete("a", { hard }))).path).toBe("hard")
      expect((await expectError("invalid-argument", () => kept.deleteMany(["a"], { hard }))).path).toBe(
        "hard",
      )
      const version = "1" as never
      const updated = () => kept.update("a", { n: 5 }, { version })
      expect((await expectError("invalid-argument", updated)).path).toBe("version")
      expect((await expectError("invalid-argument", () => kept.delete("a", { version }))).path).toBe(
        "version",
      )
      expect((await kept.list()).map(({ _id, n }) => [_id, n])).toEqual([
        ["a", 1],
        ["b", 2],
      ])
    },
  },
]
