import { describe, expectTypeOf, test } from "vitest"
import type {
  Collection,
  Document,
  DynamicPath,
  Excluded,
  Projected,
  Projection,
  Selected,
  Value,
  WithId,
} from "./index.ts"

interface User {
  name: string
  secret: string
  age?: number
  tags: string[]
  rows: { sku: string }[]
  address: { city: string; zip?: string; geo?: { lat: number; lon: number } | null }
  home?: { city: string }
  extra: Record<string, number>
  meta: unknown
  state: { kind: "idle" } | { kind: "playing"; level: number }
}
type Id = { _id: string }

describe("a projection that includes", () => {
  test("leaves the named fields, and _id", () => {
    expectTypeOf<Projected<User, { name: 1; age: true }>>().toEqualTypeOf<
      { name: string; age?: number } & Id
    >()
    expectTypeOf<Projected<User, { name: 1; _id: 0 }>>().toEqualTypeOf<{ name: string }>()
    expectTypeOf<Projected<User, { name: 1; _id: 1 }>>().toEqualTypeOf<{ name: string } & Id>()
    expectTypeOf<Projected<User, { _id: 1 }>>().toEqualTypeOf<Id>()
    expectTypeOf<Projected<User, { tags: 1; rows: 1 }>>().toEqualTypeOf<
      { tags: string[]; rows: { sku: string }[] } & Id
    >()
  })

  test("leaves the shape around a dotted path", () => {
    expectTypeOf<Projected<User, { name: 1; "address.city": 1 }>>().toEqualTypeOf<
      { name: string; address: { city: string } } & Id
    >()
    expectTypeOf<Projected<User, { "address.city": 1; "address.zip": 1; _id: 0 }>>().toEqualTypeOf<{
      address: { city: string; zip?: string }
    }>()
  })

  test("leaves out a parent that has no selected child", () => {
    expectTypeOf<Projected<User, { "address.zip": 1; _id: 0 }>>().toEqualTypeOf<{
      address?: { zip?: string }
    }>()
    expectTypeOf<Projected<User, { "address.geo.lat": 1; _id: 0 }>>().toEqualTypeOf<{
      address?: { geo?: { lat: number } }
    }>()
    expectTypeOf<Projected<User, { "home.city": 1; _id: 0 }>>().toEqualTypeOf<{ home?: { city: string } }>()
    expectTypeOf<Projected<User, { "extra.a": 1; _id: 0 }>>().toEqualTypeOf<{ extra?: { a?: number } }>()
    expectTypeOf<Projected<User, { "meta.a": 1; _id: 0 }>>().toEqualTypeOf<{ meta?: unknown }>()
  })

  test("keeps the members of a union", () => {
    type Levels = Projected<User, { "state.level": 1; _id: 0 }>
    expectTypeOf<Levels["state"]>().toEqualTypeOf<Record<never, never> | { level: number } | undefined>()
    type Shape = { kind: "a"; x: number; both: 1 } | { kind: "b"; y: number; both: 2 }
    expectTypeOf<Projected<Shape, { kind: 1; x: 1; _id: 0 }>>().toEqualTypeOf<
      { kind: "a"; x: number } | { kind: "b" }
    >()
    expectTypeOf<Projected<Shape, { both: 0; _id: 0 }>>().toEqualTypeOf<
      { kind: "a"; x: number } | { kind: "b"; y: number }
    >()
  })
})

describe("a projection that excludes", () => {
  test("removes the named fields", () => {
    type Two = Pick<User, "name" | "age" | "secret">
    expectTypeOf<Projected<Two, { secret: 0 }>>().toEqualTypeOf<{ name: string; age?: number } & Id>()
    expectTypeOf<Projected<Two, { secret: false; _id: 0 }>>().toEqualTypeOf<{ name: string; age?: number }>()
    expectTypeOf<Projected<Two, { secret: 0; _id: 1 }>>().toEqualTypeOf<{ name: string; age?: number } & Id>()
    expectTypeOf<Projected<Two, { _id: 0 }>>().toEqualTypeOf<{ name: string; age?: number; secret: string }>()
  })

  test("removes what dotted paths lead to, and nothing within arrays", () => {
    type Part = Pick<User, "address" | "rows" | "home">
    expectTypeOf<Projected<Part, { "address.city": 0; "address.geo.lat": 0; _id: 0 }>>().toEqualTypeOf<{
      address: { zip?: string; geo?: { lon: number } | null }
      rows: { sku: string }[]
      home?: { city: string }
    }>()
  })
})

describe("a projection that is not known", () => {
  test("promises little", () => {
    expectTypeOf<Projected<User, Projection<User>>>().toEqualTypeOf<Partial<WithId<User>>>()
    expectTypeOf<Projected<User, { [path: string]: 1 }>>().toEqualTypeOf<Partial<WithId<User>>>()
    expectTypeOf<Selected<User, "name" | DynamicPath>>().toEqualTypeOf<Partial<WithId<User>> & Id>()
    expectTypeOf<Excluded<User, DynamicPath>>().toEqualTypeOf<Partial<WithId<User>>>()
  })

  test("of a collection without a type gives what may be there", () => {
    type Loose = Projected<Document, { a: 1; "b.c": 1 }>
    expectTypeOf<Loose["a"]>().toEqualTypeOf<Value | undefined>()
    expectTypeOf<Loose["_id"]>().toEqualTypeOf<string>()
    expectTypeOf<{ _id: string; b: { c: 5 } }>().toExtend<Loose>()
  })

  test("is the whole document where there is none", () => {
    expectTypeOf<Projected<User, Record<never, never>>>().toEqualTypeOf<WithId<User>>()
    expectTypeOf<Selected<User, never>>().toExtend<Id>()
  })
})

describe("a projection in a call", () => {
  const users = {} as Collection<User>
  const kept: Projection<User> = { name: 1, "extra.a": true, _id: 0 }

  test("is inferred, and its keys are paths", async () => {
    const [one] = await users
      .find({}, { projection: { name: true, "address.zip": true, _id: false } })
      .toArray()
    expectTypeOf(one?.address).toEqualTypeOf<{ zip?: string } | undefined>()
    expectTypeOf(users.findOne({}, { projection: kept })).resolves.toEqualTypeOf<Partial<
      WithId<User>
    > | null>()
    expectTypeOf(users.findOne({}, { projection: {} })).resolves.toEqualTypeOf<WithId<User> | null>()
    expectTypeOf(users.findOne({}, { skip: 5 })).resolves.toEqualTypeOf<WithId<User> | null>()
  })

  test("refuses what is no path, no flag, or mixed", () => {
    // @ts-expect-error a typo alone
    users.find({}, { projection: { nmae: 1 } })
    // @ts-expect-error a typo beside a path
    users.find({}, { projection: { name: 1, nmae: 1 } })
    // @ts-expect-error no flag
    users.find({}, { projection: { name: "yes" } })
    // @ts-expect-error an exclusion beside an inclusion
    users.find({}, { projection: { name: 1, secret: 0 } })
    // @ts-expect-error an array is taken whole
    users.find({}, { projection: { "rows.0.sku": 1 } })
    // @ts-expect-error mixed, by itself
    const mixed: Projection<User> = { name: 1, secret: 0 }
    const byName = users.query().select("name")
    // @ts-expect-error no field was selected but name
    byName.first().then((user) => user?.secret)
    // @ts-expect-error no such path
    users.query().exclude("nmae")
    expectTypeOf(mixed).toBeObject()
  })
})
