import { describe, expectTypeOf, test } from "vitest"
import type {
  Collection,
  DynamicPath,
  Filter,
  Projection,
  Repository,
  Sort,
  Update,
  WithId,
} from "./index.ts"

interface User {
  name: string
  age?: number
  balance: bigint
  active: boolean
  status: "active" | "gone"
  joined: Date
  tags: string[]
  address: { city: string; geo?: { lat: number } }
  note: string | null
}
declare const users: Collection<User>
declare const path: DynamicPath

describe("filters", () => {
  test("take values, null and operators of the path's type", () => {
    const filters: Filter<User>[] = [
      {},
      { _id: "x" },
      { age: 5, name: null },
      { age: { $gte: 1, $lt: 5n }, status: { $in: ["active"] } },
      { "address.geo.lat": { $exists: true } },
      { $or: [{ tags: ["a"] }, { joined: { $gt: new Date() } }], active: { $not: { $eq: true } } },
    ]
    expectTypeOf(filters).toEqualTypeOf<Filter<User>[]>()
  })

  test("refuse typos, wrong operands and unknown operators", () => {
    // @ts-expect-error no such field
    const typo: Filter<User> = { nmae: "Ada" }
    // @ts-expect-error no such nested field
    const nested: Filter<User> = { "address.town": "Rome" }
    // @ts-expect-error a number is no string
    const kind: Filter<User> = { name: 5 }
    // @ts-expect-error not of the union
    const union: Filter<User> = { status: "lost" }
    // @ts-expect-error booleans have no ranges
    const range: Filter<User> = { active: { $gt: true } }
    // @ts-expect-error a date is compared with a date
    const date: Filter<User> = { joined: { $lt: 5 } }
    // @ts-expect-error no such operator
    const operator: Filter<User> = { age: { $foo: 1 } }
    // @ts-expect-error an array of the path's type
    const member: Filter<User> = { age: { $in: ["5"] } }
    // @ts-expect-error deep inside a group
    const group: Filter<User> = { $or: [{ $and: [{ aeg: 5 }] }] }
    expectTypeOf([typo, nested, kind, union, range, date, operator, member, group]).toBeArray()
  })
})

describe("updates and sorts", () => {
  test("follow the path's type", () => {
    const update: Update<User> = {
      $set: { "address.city": "Rome", note: null },
      $unset: { age: true },
      $inc: { age: 1, balance: 2n },
      $push: { tags: "x" },
    }
    const sort: Sort<User> = { "address.city": 1, _id: "desc" }
    expectTypeOf(update).toEqualTypeOf<Update<User>>()
    expectTypeOf(sort).toEqualTypeOf<Sort<User>>()
  })

  test("refuse what cannot be", () => {
    // @ts-expect-error a required field cannot be unset
    const unset: Update<User> = { $unset: { name: true } }
    // @ts-expect-error text is not summed
    const inc: Update<User> = { $inc: { name: 1 } }
    // @ts-expect-error the element's type
    const push: Update<User> = { $push: { tags: 5 } }
    // @ts-expect-error the field's type
    const set: Update<User> = { $set: { age: "5" } }
    // @ts-expect-error an _id never changes
    const id: Update<User> = { $set: { _id: "x" } }
    // @ts-expect-error a plain field map names no operator
    const plain: Update<User> = { name: "Ada" }
    // @ts-expect-error no such path
    const sort: Sort<User> = { nmae: 1 }
    // @ts-expect-error no such direction
    const direction: Sort<User> = { name: "up" }
    expectTypeOf([unset, inc, push, set, id, plain, sort, direction]).toBeArray()
  })
})

describe("indexes", () => {
  test("have keys that are paths, as an object or pairs", () => {
    users.createIndex({ keys: { "address.city": 1, _id: -1 }, hash: ["address.city"] })
    users.createIndex({
      keys: [
        ["address.city", 1],
        ["age", -1],
      ],
      unique: true,
    })
    // @ts-expect-error no such path
    users.createIndex({ keys: { aeg: 1 } })
    // @ts-expect-error nor here
    users.createIndex({ keys: [["aeg", 1]] })
    // @ts-expect-error no such direction
    users.createIndex({ keys: [["age", "asc"]] })
  })
})

describe("paths that the compiler does not know", () => {
  test("stand wherever a path does", () => {
    interface Shelf {
      name: string
      counts: Record<string, { left: number }>
      rows: { sku: string }[]
    }
    const shelves = {} as Collection<Shelf>
    const repository = {} as Repository<Shelf>
    shelves.createIndex({ keys: { name: 1, [path]: 1 } })
    shelves.createIndex({ keys: [[path, 1]], hash: [path] })
    shelves.find({}, { sort: { name: 1, [path]: -1 }, projection: { [path]: 1 } })
    shelves.page({}, { sort: { [path]: "desc" } })
    repository.findBy({ name: "A", [path]: 5 })
    const contact: Projection<Shelf> = { name: 1, [path]: 1 }
    expectTypeOf(contact).toExtend<Projection<Shelf>>()
    expectTypeOf(shelves.distinct(path)).resolves.toEqualTypeOf<unknown[]>()
    expectTypeOf(users.loadMany([], path, users)).resolves.toEqualTypeOf<Map<string, WithId<User>>>()
    // @ts-expect-error no such path beside it
    shelves.createIndex({ keys: { nmae: 1, [path]: 1 } })
    // @ts-expect-error no such path beside it
    repository.findBy({ nmae: "A", [path]: 5 })
  })
})

describe("results", () => {
  test("carry the _id, and a selection narrows them", () => {
    expectTypeOf(users.get("x")).resolves.toEqualTypeOf<WithId<User> | null>()
    expectTypeOf(users.find({}).toArray()).resolves.toEqualTypeOf<WithId<User>[]>()
    expectTypeOf(users.find({}, { projection: { name: 1 } }).toArray()).resolves.toEqualTypeOf<
      ({ name: string } & { _id: string })[]
    >()
    expectTypeOf(users.query().select("age", "tags").first()).resolves.toEqualTypeOf<
      ({ age?: number; tags: string[] } & { _id: string }) | null
    >()
  })

  test("a selection refuses what is no field, the builder what is no path", () => {
    // @ts-expect-error no such field
    users.find({}, { projection: { nmae: 1 } })
    // @ts-expect-error no such path
    users.query().where("nmae", "x")
    // @ts-expect-error the path's type
    users.query().where("age", "x")
    // @ts-expect-error operators are no values
    users.query().where("name", { $ne: null })
    // @ts-expect-error an insert needs its required fields
    users.insertOne({ name: "Ada" })
  })
})
