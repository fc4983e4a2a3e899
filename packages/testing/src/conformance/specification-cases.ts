import type { Document, Filter } from "@nosql/contracts"
import { Specification, spec } from "@nosql/core"
import fc from "fast-check"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

interface Member {
  name?: string | null
  age?: number | null
  active?: boolean
  joined?: Date | null
  tags?: string[]
  address?: { city?: string | null }
}

const member = spec<Member>()

class ActiveAdult extends Specification<Member> {
  toFilter(): Filter<Member> {
    return { active: true, age: { $gte: 18 } }
  }
}

const names = ["", "ada", "Ada", "bob", "\u{1F600}"] as const
const ages = [0, 17, 18, 18.5, 40] as const
const cities = ["Paris", "Rome"] as const
const tags = ["a", "b", "c"] as const
const dates = [new Date(0), new Date("2024-02-29")] as const

/** Fields that conform to `Member`: each may be missing, and null where the type says so. */
const documents = fc.record(
  {
    name: fc.constantFrom(...names, null),
    age: fc.constantFrom(...ages, null),
    active: fc.boolean(),
    joined: fc.constantFrom(...dates, null),
    tags: fc.subarray([...tags]),
    address: fc.record({ city: fc.constantFrom(...cities, null) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
)

const leaves = fc.oneof(
  fc.constantFrom(...names, null).map((name) => member.eq("name", name)),
  fc.constantFrom(...cities, null).map((city) => member.ne("address.city", city)),
  fc.constantFrom(...ages).map((age) => member.gt("age", age)),
  fc.constantFrom(...dates).map((date) => member.gte("joined", date)),
  fc.constantFrom(...names).map((name) => member.lt("name", name)),
  fc.constantFrom(...ages).map((age) => member.lte("age", age)),
  fc.tuple(fc.constantFrom(...ages), fc.constantFrom(...ages)).map(([a, b]) => member.between("age", a, b)),
  fc.subarray([...names, null]).map((some) => member.in("name", some)),
  fc.subarray([...ages, null]).map((some) => member.nin("age", some)),
  fc
    .tuple(fc.constantFrom("name", "age", "tags", "address.city" as const), fc.boolean())
    .map(([path, exists]) => member.exists(path as "name", exists)),
  fc.constantFrom(...tags, "z").map((tag) => member.contains("tags", tag)),
  fc.constantFrom("", "A", "bo").map((prefix) => member.startsWith("name", prefix)),
  fc.tuple(fc.constantFrom("^a", "b$", "."), fc.constantFrom("", "i")).map(([pattern, flags]) => {
    return member.matches("name", pattern, flags)
  }),
  fc.constant(new ActiveAdult()),
)

const specifications = fc.letrec<{ node: Specification<Member> }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, depthSize: "medium" },
    { arbitrary: leaves, weight: 3 },
    { arbitrary: fc.tuple(tie("node"), tie("node")).map(([a, b]) => a.and(b)), weight: 2 },
    { arbitrary: fc.tuple(tie("node"), tie("node"), tie("node")).map(([a, b, c]) => a.or(b, c)), weight: 1 },
    { arbitrary: tie("node").map((a) => a.not()), weight: 2 },
  ),
})).node

export const specificationCases: readonly ConformanceCase[] = [
  {
    name: "isSatisfiedBy and the store agree on random documents, before and after JSON",
    run: async ({ filled }) => {
      const [seed, runs] = [Number(process.env["SEED"] ?? 1), Number(process.env["RUNS"] ?? 60)]
      const stored = fc.sample(documents, { seed, numRuns: 60 }).map((fields, i): Document => {
        return { _id: `m${i}`, ...(fields as Document) }
      })
      const target = await filled(stored)
      await fc.assert(
        fc.asyncProperty(specifications, async (specification) => {
          const expected = stored.filter((entity) => specification.isSatisfiedBy(entity as Member))
          const again = Specification.fromJSON<Member>(JSON.parse(JSON.stringify(specification)))
          for (const asked of [specification, again]) {
            const found = await target.find(asked as Filter<Document>, { scans: "allow" }).toArray()
            expect(found.map(({ _id }) => _id).sort()).toEqual(expected.map(({ _id }) => _id).sort())
          }
        }),
        { seed, numRuns: runs },
      )
    },
  },
  {
    name: "a specification stands wherever a filter does",
    run: async ({ filled, store }) => {
      const { name } = await filled([
        { _id: "a", age: 40, active: true },
        { _id: "b", age: 17, active: true },
        { _id: "c", age: 50, active: false },
      ])
      const members = store.collection<Member>(name)
      const adult = new ActiveAdult()
      const ids = (found: readonly { readonly _id: string }[]) => found.map(({ _id }) => _id).sort()
      expect(ids(await members.find(adult).toArray())).toEqual(["a"])
      expect((await members.findOne(adult))?._id).toBe("a")
      expect(await members.count(adult.not())).toBe(2)
      expect(await members.exists(adult.and({ name: "x" }))).toBe(false)
      expect(ids((await members.page(adult.or({ _id: "b" }))).items)).toEqual(["a", "b"])
      expect(await members.distinct("age", adult)).toEqual([40])
      expect(ids(await members.query().where("active", true).andWhere(adult.not()).toArray())).toEqual(["b"])
      expect(ids(await members.find({ $nor: [adult, member.eq("age", 50)] }).toArray())).toEqual(["b"])
      expect(await members.updateMany(adult, { $set: { name: "x" } })).toEqual({ matched: 1, modified: 1 })
      await members.bulkWrite([{ updateOne: { filter: adult, update: { $inc: { age: 1 } } } }])
      expect((await members.findOneAndDelete(adult))?.age).toBe(41)
      expect(await members.deleteMany(adult.not())).toEqual({ deleted: 2 })
    },
  },
  {
    name: "a specification that cannot become a query is refused by name, before any I/O",
    run: async ({ collection, store }) => {
      class Misspelt extends Specification<Member> {
        toFilter(): Filter<Member> {
          return { age: { $gte: 18, $foo: 1 } } as never
        }
      }
      const members = store.collection<Member>(collection().name)
      for (const call of [
        () => members.find(new Misspelt()).toArray(),
        () => members.count(new ActiveAdult().or(new Misspelt())),
        () => members.deleteMany(new Misspelt().not()),
      ]) {
        const error = await expectError("invalid-argument", call)
        expect(error.message).toMatch(/\(Misspelt\) at "age\.\$foo"/)
      }
    },
  },
  {
    name: "a specification that is spread, and so a copy without its condition, is refused",
    run: async ({ collection, store }) => {
      const members = store.collection<Member>(collection().name)
      for (const filter of [
        { ...new ActiveAdult(), name: "Ada" },
        { ...member.eq("age", 50), name: "Ada" },
      ]) {
        const error = await expectError("invalid-argument", () => members.deleteMany(filter))
        expect(error.message).toContain("a specification is not spread; write specification.and(")
      }
    },
  },
]
