import type { Document } from "@nosql/contracts"
import { type DocumentRepository, defineCollection, repository, spec } from "@nosql/core"
import { expect } from "vitest"
import type { CaseContext, ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

interface Invoice {
  total: number
  tenantId?: string
  version?: number
}

function invoices(context: CaseContext): DocumentRepository<Invoice> {
  const Invoices = defineCollection<Invoice>(context.collection().name, {
    indexes: [{ keys: { tenantId: 1, total: 1 } }],
  })
  return new (repository(Invoices, { multiTenant: true, softDelete: true }))(context.store)
}

async function twoTenants(context: CaseContext) {
  const whole = invoices(context)
  const [one, two] = [whole.forTenant("t1"), whole.forTenant("t2")]
  await one.saveMany([
    { _id: "a", total: 1 },
    { _id: "b", total: 2 },
  ])
  await two.saveMany([
    { _id: "x", total: 1 },
    { _id: "y", total: 5 },
  ])
  return { whole, one, two }
}

const ids = (found: readonly { readonly _id: string }[]) => found.map(({ _id }) => _id).sort()

export const repositoryTenantCases: readonly ConformanceCase[] = [
  {
    name: "W22: every read and count of a tenant's is bound to it",
    run: async (context) => {
      const { one, two } = await twoTenants(context)
      expect(ids(await one.list())).toEqual(["a", "b"])
      expect(ids(await two.list({ where: { total: 1 } }))).toEqual(["x"])
      expect([await one.get("x"), await one.get("a")]).toEqual([null, { _id: "a", total: 1, tenantId: "t1" }])
      await expectError("not-found", () => one.getOrThrow("x"))
      expect((await one.getMany(["x", "a", "y"])).map((invoice) => invoice?._id)).toEqual([
        undefined,
        "a",
        undefined,
      ])
      expect(ids(await one.findBy({ total: 1 }))).toEqual(["a"])
      expect(await one.findOneBy({ total: 5 })).toBeNull()
      expect(ids(await one.findByFilter({ $or: [{ total: 5 }, { total: 2 }, { _id: "x" }] }))).toEqual(["b"])
      expect(ids(await one.findBySpec(spec<Invoice>().gt("total", 0)))).toEqual(["a", "b"])
      expect(await one.findOneBySpec(spec<Invoice>().eq("total", 5))).toBeNull()
      expect(ids((await one.page({ total: { $gt: 0 } })).items)).toEqual(["a", "b"])
      expect(ids(await one.stream().toArray())).toEqual(["a", "b"])
      expect([await one.count(), await two.count({ total: { $gt: 1 } })]).toEqual([2, 1])
      expect([await one.exists("x"), await one.exists({ total: 5 }), await two.exists("x")]).toEqual([
        false,
        false,
        true,
      ])
    },
  },
  {
    name: "W22: no filter of the caller's reaches another tenant, nor does another tenant's page",
    run: async (context) => {
      const { one, two } = await twoTenants(context)
      expect(await one.findByFilter({ tenantId: "t2" })).toEqual([])
      expect(await one.findBy({ tenantId: "t2" })).toEqual([])
      expect(await one.count(spec<Invoice>().where({ $nor: [{ tenantId: "t1" }] }))).toBe(0)
      const { next } = await two.page({}, { size: 1 })
      await expectError("invalid-argument", () => one.page({}, { size: 1, after: String(next) }))
    },
  },
  {
    name: "W22: every write of a tenant's is bound to it",
    run: async (context) => {
      const { whole, one, two } = await twoTenants(context)
      expect(await one.update("x", { total: 9 })).toBeNull()
      expect([await one.delete("x"), await one.delete("x", { hard: true })]).toEqual([false, false])
      expect(await one.deleteMany(["x", "y", "a"])).toBe(1)
      await two.delete("y")
      expect([await one.restore("y"), await one.onlyDeleted().exists("y")]).toEqual([false, false])
      expect(ids(await one.withDeleted().list())).toEqual(["a", "b"])
      expect(await two.get("x")).toEqual({ _id: "x", total: 1, tenantId: "t2" })
      expect((await whole.forTenant("t3").save({ total: 3 })).tenantId).toBe("t3")
      for (const changes of [
        { tenantId: "t2" },
        { $set: { tenantId: "t2" } },
        { $unset: { tenantId: true } },
      ] as never[])
        await expectError("invalid-argument", () => one.update("b", changes))
    },
  },
  {
    name: "W22: another tenant's entity is not saved, nor is one in the place of its id",
    run: async (context) => {
      const { one, two } = await twoTenants(context)
      const theirs = await two.getOrThrow("x")
      for (const save of [
        () => one.save(theirs),
        () => one.insert(theirs),
        () => one.insert({ total: 1, tenantId: "t2" }),
        () => one.saveMany([{ total: 7 }, theirs]),
      ]) {
        const error = await expectError("permission-denied", save)
        expect(error.path).toBe("tenantId")
        expect(error.message).not.toContain("t2")
      }
      expect(await one.exists({ total: 7 })).toBe(false)
      await expectError("already-exists", () => one.save({ _id: "x", total: 100 }))
      await two.delete("x")
      await expectError("already-exists", () => one.save({ _id: "x", total: 100 }))
      expect(await two.withDeleted().get("x")).toMatchObject({ total: 1, tenantId: "t2" })
    },
  },
  {
    name: "W22: a repository of many tenants does nothing for none",
    run: async (context) => {
      const { whole, one } = await twoTenants(context)
      const calls = [
        () => whole.get("a"),
        () => whole.getOrThrow("a"),
        () => whole.getMany(["a"]),
        () => whole.list(),
        () => whole.page(),
        () => whole.findBy({ total: 1 }),
        () => whole.findOneBy({ total: 1 }),
        () => whole.findByFilter({}),
        () => whole.findBySpec(spec<Invoice>().eq("total", 1)),
        () => whole.findOneBySpec(spec<Invoice>().eq("total", 1)),
        () => whole.stream(),
        () => whole.count(),
        () => whole.exists("a"),
        () => whole.insert({ total: 1 }),
        () => whole.save({ total: 1 }),
        () => whole.saveMany([]),
        () => whole.update("a", { total: 1 }),
        () => whole.delete("a"),
        () => whole.deleteMany(["a"]),
        () => whole.restore("a"),
        () => whole.withDeleted().list(),
        () => whole.backfill(),
      ]
      for (const call of calls) {
        const error = await expectError("failed-precondition", call)
        expect(error.message).toContain("forTenant(id)")
      }
      for (const id of ["", undefined, null, { $ne: null }] as never[])
        await expectError("invalid-argument", () => whole.forTenant(id))
      await expectError("invalid-argument", () => one.forTenant("t2"))
      expect(ids(await one.forTenant("t1").list())).toEqual(["a", "b"])
    },
  },
  {
    name: "W22: backfill keeps to its tenant, and a tenant may have another name",
    run: async (context) => {
      const { name } = context.collection()
      const raw = context.store.collection<Document>(name)
      await raw.insertMany([
        { _id: "a", orgId: "t1" },
        { _id: "x", orgId: "t2" },
      ])
      const Repo = repository<{ orgId?: string }>(name, { multiTenant: "orgId", softDelete: true })
      const repo = new Repo(context.store).forTenant("t1")
      expect(await repo.backfill()).toEqual({ _deleted: 1 })
      expect(await raw.get("x")).toEqual({ _id: "x", orgId: "t2" })
      expect(await repo.save({})).toEqual({ _id: expect.any(String), orgId: "t1" })
    },
  },
]
