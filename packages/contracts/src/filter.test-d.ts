import { describe, expectTypeOf, test } from "vitest"
import type {
  Document,
  DynamicPath,
  ElementCondition,
  Filter,
  FilterOperators,
  NativeValue,
} from "./index.ts"

interface Order {
  number: number
  code: string
  paid?: boolean
  status: "open" | "sent" | "lost"
  total: bigint
  placed: Date
  note: string | null
  raw: Uint8Array
  amount: NativeValue
  tags: string[]
  grades: readonly (number | null)[]
  lines: { sku: string; qty: number; sizes?: string[]; by?: { name: string } }[]
  events: ({ kind: "paid"; cents: number } | { kind: "sent"; parcel: string })[]
  either: string | number
  list: string[] | string
  address: { city: string; geo?: { lat: number } }
  buyer: { kind: "person"; name: string } | { kind: "firm"; vat: number }
  extra: Record<string, number>
  shops: Record<string, { city: string; staff: number }>
  meta: unknown
}

declare const path: DynamicPath
declare function find(filter: Filter<Order>): void

describe("a filter takes", () => {
  test("values and null of the path's type, at any depth", () => {
    find({})
    find({ _id: "x", code: "a", number: 5, note: null, paid: true, status: "open" })
    find({ "address.city": "Rome", "address.geo": { lat: 1 }, "address.geo.lat": 5 })
    find({ tags: ["a"], "tags.0": "a", "lines.0.sku": "x", "lines.12.by.name": "x" })
    find({ placed: new Date(), raw: new Uint8Array(), amount: { driver: "d", type: "t", text: "1" } })
  })

  test("the operators of the path's kind", () => {
    find({ number: { $gte: 1, $lt: 5n, $in: [1, null], $mod: [2, 0], $type: "number" } })
    find({ total: { $gt: 5, $lte: 6n }, placed: { $gt: new Date() }, _id: { $gt: "a", $in: ["b"] } })
    find({ code: { $regex: "^a", $options: "i", $startsWith: "a", $gt: "a" }, status: { $gt: "o" } })
    find({ paid: { $ne: true, $exists: true, $type: ["boolean", "null"] } })
    find({ number: { $not: { $gt: 5, $exists: true } }, note: { $regex: "x", $ne: null } })
    find({
      tags: { $contains: "a", $containsAny: ["a"], $all: ["a", "b"], $size: 2 },
      grades: { $all: [null] },
    })
  })

  test("conditions on elements", () => {
    find({
      lines: { $elemMatch: { sku: "x", qty: { $gt: 1 }, "by.name": "Ada", $or: [{ "sizes.0": "m" }] } },
    })
    find({ lines: { $elemMatch: {} }, "lines.0.sizes": { $elemMatch: { $startsWith: "x" } } })
    find({ tags: { $elemMatch: { $gt: "a", $ne: "b" } }, grades: { $elemMatch: { $gt: 5 } } })
    find({ events: { $elemMatch: { kind: "paid", cents: { $gt: 5 }, parcel: { $exists: false } } } })
  })

  test("paths of any member of a union, and of records", () => {
    find({ "buyer.kind": "firm", "buyer.vat": { $gt: 5 }, "buyer.name": "Ada" })
    find({ buyer: { kind: "firm", vat: 5 } })
    find({ "extra.a": 5, "extra.b": { $gt: 5 }, "shops.rome.city": "Rome", "shops.rome.staff": { $gt: 5 } })
    find({ either: { $gt: "a" } })
    find({ either: { $gt: 5, $startsWith: "a" }, list: { $contains: "a", $regex: "x" } })
  })

  test("whatever, where nothing is known", () => {
    find({ meta: 5, "meta.a.b": { $gt: 5 } })
    const loose: Filter<Document> = {
      a: 5,
      "a.b": { $gt: new Date() },
      $or: [{ c: { $elemMatch: { d: 1 } } }],
    }
    // biome-ignore lint/suspicious/noExplicitAny: what users may write
    const untyped: Filter<any> = { a: 5, "a.b": { $gt: 5 }, $and: [{ c: null }] }
    const unknown: Filter<unknown> = { a: 5, "a.b": { $gt: 5 }, $and: [{ c: null }] }
    expectTypeOf([loose, untyped, unknown]).toBeArray()
  })

  test("paths that the compiler does not know, beside others", () => {
    find({ [path]: 5, code: "a", "address.city": { $ne: "Rome" } })
    find({ lines: { $elemMatch: { sku: "x", [path]: { $gt: 5 } } } })
    // @ts-expect-error the field's type
    find({ [path]: 5, code: 5 })
    // @ts-expect-error the field's type
    find({ lines: { $elemMatch: { qty: "5", [path]: { $gt: 5 } } } })
  })

  test("groups and text search", () => {
    find({
      $or: [{ code: "a" }, { $and: [{ number: 5 }, { $nor: [{ paid: true }] }] }],
      $text: { $search: "x" },
    })
  })

  test("objects typed elsewhere, interfaces as well", () => {
    interface Where {
      code?: string
      "address.city"?: { $in: string[] }
    }
    const where: Where = {}
    const part: Partial<Order> = {}
    find(where)
    expectTypeOf<{ code: string }>().toExtend<Filter<Order>>()
    expectTypeOf(part.code).toEqualTypeOf<string | undefined>()
  })
})

describe("a filter refuses", () => {
  test("operators of another kind", () => {
    // @ts-expect-error a pattern is for strings
    find({ number: { $regex: "x" } })
    // @ts-expect-error as is a prefix
    find({ placed: { $startsWith: "x" } })
    // @ts-expect-error and a remainder for numbers
    find({ code: { $mod: [2, 0] } })
    // @ts-expect-error booleans have no ranges
    find({ paid: { $gt: true } })
    // @ts-expect-error nor have objects
    find({ address: { $gt: { city: "a" } } })
    // @ts-expect-error a size is for arrays
    find({ code: { $size: 1 } })
    // @ts-expect-error an array has no order
    find({ tags: { $gt: "a" } })
    // @ts-expect-error an array is searched by $contains
    find({ tags: "a" })
    // @ts-expect-error an _id is there and is a string
    find({ _id: { $exists: true } })
    // @ts-expect-error
    find({ _id: null })
  })

  test("operands of another type", () => {
    // @ts-expect-error a date is compared with a date
    find({ placed: { $lt: 5 } })
    // @ts-expect-error the element's type
    find({ tags: { $contains: 5 } })
    // @ts-expect-error
    find({ tags: { $all: [5] } })
    // @ts-expect-error no such kind
    find({ code: { $type: "text" } })
    // @ts-expect-error
    find({ paid: { $exists: 1 } })
    // @ts-expect-error undefined is no value
    find({ number: { $in: [undefined] } })
    // @ts-expect-error nor a regular expression
    find({ code: /x/ })
    // @ts-expect-error of this record
    find({ "extra.a": "5" })
    // @ts-expect-error nothing of the kind is below
    find({ "shops.rome.staff": true })
    // @ts-expect-error of one member only
    find({ "buyer.vat": "5" })
    // @ts-expect-error inside $not
    find({ number: { $not: { $gt: "5" } } })
  })

  test("mistakes within $elemMatch", () => {
    // @ts-expect-error no such field
    find({ lines: { $elemMatch: { sk: "x" } } })
    // @ts-expect-error the field's type
    find({ lines: { $elemMatch: { qty: "5" } } })
    // @ts-expect-error objects are matched by fields
    find({ lines: { $elemMatch: { $gt: 5 } } })
    // @ts-expect-error scalars by operators
    find({ tags: { $elemMatch: { sku: "x" } } })
    // @ts-expect-error deeper
    find({ lines: { $elemMatch: { "by.nmae": "x" } } })
    // @ts-expect-error in a group
    find({ lines: { $elemMatch: { $or: [{ qyt: 5 }] } } })
  })
})

describe("the operators of a path", () => {
  test("are named by kind, which is what the compiler says", () => {
    expectTypeOf<keyof FilterOperators<boolean>>().toEqualTypeOf<
      "$eq" | "$ne" | "$in" | "$nin" | "$exists" | "$type" | "$not"
    >()
    expectTypeOf<FilterOperators<1 | 2>["$gt"]>().toEqualTypeOf<number | bigint | undefined>()
    expectTypeOf<FilterOperators<string | number>["$gt"]>().toEqualTypeOf<
      string | number | bigint | undefined
    >()
    expectTypeOf<keyof FilterOperators<unknown>>().toEqualTypeOf<
      keyof FilterOperators<string> | keyof FilterOperators<number> | keyof FilterOperators<string[]>
    >()
    expectTypeOf<ElementCondition<string>>().toEqualTypeOf<FilterOperators<string>>()
  })
})

describe("an object that is no filter", () => {
  test("does not pass for one, with or without arrays among the fields", () => {
    // @ts-expect-error a date
    find(new Date())
    const plain = (_: Filter<{ name: string }>) => undefined
    // @ts-expect-error a date
    plain(new Date())
  })
})
