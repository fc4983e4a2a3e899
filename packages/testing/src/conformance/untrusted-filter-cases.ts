import type { Document } from "@nosql/contracts"
import { eq, parseFilter } from "@nosql/core"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

const users: readonly Document[] = [
  { _id: "ada", email: "ada@example.org", password: "secret", age: 36 },
  { _id: "bob", email: "bob@example.org", password: "hidden", age: 20 },
]
/** What comes as JSON where a password is expected. */
const attack = JSON.parse('{ "$ne": null }') as never
const idsOf = (found: readonly Document[]) => found.map(({ _id }) => _id).sort()

export const untrustedFilterCases: readonly ConformanceCase[] = [
  {
    name: "a plain filter is code, so that an operator from outside is run; eq, where and parseFilter stop it",
    run: async ({ filled }) => {
      const target = await filled(users)
      expect(idsOf(await target.find({ email: "ada@example.org", password: attack }).toArray())).toEqual([
        "ada",
      ])
      await expectError("invalid-argument", () => target.find({ password: eq(attack) }).toArray())
      await expectError("invalid-argument", () => target.query().where("password", attack).toArray())
      await expectError("invalid-argument", () => target.query().whereIn("password", [attack]).toArray())
      await expectError("invalid-argument", () =>
        parseFilter({ password: attack }, { operators: [], paths: ["password"] }),
      )
    },
  },
  {
    name: "what parseFilter returns stands wherever a filter does",
    run: async ({ filled }) => {
      const target = await filled(users)
      const filter = parseFilter({ age: { $gte: 30 } }, { operators: ["$gte"], paths: ["age"] })
      expect(idsOf(await target.find(filter).toArray())).toEqual(["ada"])
      expect((await target.findOne(filter))?.["_id"]).toBe("ada")
      expect(await target.count(filter)).toBe(1)
      expect(idsOf(await target.find({ $nor: [filter] }).toArray())).toEqual(["bob"])
      expect(idsOf(await target.find({ $or: [filter, { _id: "bob" }] }).toArray())).toEqual(["ada", "bob"])
      expect(idsOf(await target.query().andWhere(filter).where("_id", "ada").toArray())).toEqual(["ada"])
      expect(await target.updateMany(filter, { $inc: { age: 1 } })).toMatchObject({ matched: 1 })
      expect(await target.deleteMany(filter)).toMatchObject({ deleted: 1 })
      expect(await target.count({})).toBe(1)
    },
  },
  {
    name: "what parseFilter returns holds with the conditions that it is spread beside",
    run: async ({ filled }) => {
      const target = await filled(users)
      const search = parseFilter({ age: { $gte: 10 } }, { operators: ["$gte"], paths: ["age"] })
      const ofBob = { email: "bob@example.org" }
      expect(idsOf(await target.find({ ...ofBob, ...search }).toArray())).toEqual(["bob"])
      expect(idsOf(await target.find({ ...search, ...ofBob }).toArray())).toEqual(["bob"])
      expect(await target.count({ ...search, ...target.query().where("age", 36).build().filter })).toBe(1)
      await expectError("invalid-argument", () => target.count(JSON.parse(JSON.stringify(search))))
      expect(await target.deleteMany({ ...ofBob, ...search })).toEqual({ deleted: 1 })
      expect(idsOf(await target.find({}).toArray())).toEqual(["ada"])
    },
  },
]
