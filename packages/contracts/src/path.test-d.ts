import { describe, expectTypeOf, test } from "vitest"
import type {
  ArrayPath,
  DatePath,
  Document,
  DynamicPath,
  NativeValue,
  NumericPath,
  OptionalPath,
  OrderablePath,
  Path,
  PathValue,
  PlainPath,
  SortPath,
  StringPath,
  Value,
} from "./index.ts"

interface Shop {
  readonly name: string
  since?: Date
  rating: number | null
  stock: bigint
  logo: Uint8Array
  price: NativeValue
  tags: readonly string[]
  rows: { sku: string; sizes?: number[] }[]
  address: { city: string; geo?: { lat: number; lon: number } | null }
  hours: Record<string, string>
  branches: Record<string, { city: string; staff: number }>
  owner: { kind: "person"; name: string } | { kind: "firm"; vat: number; name: string; parent?: string }
  meta: unknown
  extra?: Value
  parent?: Shop
  greet(): string
}

describe("paths", () => {
  test("are dotted, enter objects, and arrays by index", () => {
    expectTypeOf<Path<Pick<Shop, "tags" | "rows" | "address">>>().toEqualTypeOf<
      | "_id"
      | "tags"
      | `tags.${number}`
      | "rows"
      | `rows.${number}`
      | `rows.${number}.sku`
      | `rows.${number}.sizes`
      | `rows.${number}.sizes.${number}`
      | "address"
      | "address.city"
      | "address.geo"
      | "address.geo.lat"
      | "address.geo.lon"
    >()
    expectTypeOf<PlainPath<Pick<Shop, "tags" | "rows">>>().toEqualTypeOf<"_id" | "tags" | "rows">()
  })

  test("end at leaves", () => {
    expectTypeOf<Path<Pick<Shop, "since" | "stock" | "logo" | "price" | "greet">>>().toEqualTypeOf<
      "_id" | "since" | "stock" | "logo" | "price" | "greet"
    >()
  })

  test("below records, and where nothing is known, take any name", () => {
    expectTypeOf<Path<Pick<Shop, "hours" | "meta" | "extra">>>().toEqualTypeOf<
      "_id" | "hours" | `hours.${string}` | "meta" | `meta.${string}` | "extra" | `extra.${string}`
    >()
    expectTypeOf<"branches.rome.city">().toExtend<Path<Shop>>()
    expectTypeOf<PathValue<Shop, "hours.monday">>().toEqualTypeOf<string>()
    expectTypeOf<PathValue<Shop, "branches.rome.staff">>().toEqualTypeOf<number>()
    expectTypeOf<PathValue<Shop, "meta.any.thing">>().toEqualTypeOf<unknown>()
  })

  test("of a union are those of each member", () => {
    expectTypeOf<Path<Pick<Shop, "owner">>>().toEqualTypeOf<
      "_id" | "owner" | "owner.kind" | "owner.name" | "owner.vat" | "owner.parent"
    >()
    expectTypeOf<PathValue<Shop, "owner.kind">>().toEqualTypeOf<"person" | "firm">()
    expectTypeOf<PathValue<Shop, "owner.vat">>().toEqualTypeOf<number>()
    expectTypeOf<Path<{ a: 1; b: { c: 2 } } | { a: "x"; d: 3 }>>().toEqualTypeOf<
      "_id" | "a" | "b" | "b.c" | "d"
    >()
    expectTypeOf<PathValue<{ a: 1 } | { a: "x" }, "a">>().toEqualTypeOf<1 | "x">()
  })

  test("go four segments deep, in recursive types too", () => {
    expectTypeOf<"parent.parent.parent.name">().toExtend<Path<Shop>>()
    expectTypeOf<"parent.parent.parent.parent.name">().not.toExtend<Path<Shop>>()
    expectTypeOf<Path<{ a: { b: { c: { d: { e: 1 } } } } }>>().toEqualTypeOf<
      "_id" | "a" | "a.b" | "a.b.c" | "a.b.c.d"
    >()
  })

  test("know their values, through optional and nullable parents", () => {
    expectTypeOf<PathValue<Shop, "_id">>().toEqualTypeOf<string>()
    expectTypeOf<PathValue<Shop, "since">>().toEqualTypeOf<Date>()
    expectTypeOf<PathValue<Shop, "rating">>().toEqualTypeOf<number | null>()
    expectTypeOf<PathValue<Shop, "address.geo.lat">>().toEqualTypeOf<number>()
    expectTypeOf<PathValue<Shop, "address.geo">>().toEqualTypeOf<{ lat: number; lon: number } | null>()
    expectTypeOf<PathValue<Shop, "rows.0.sizes.1">>().toEqualTypeOf<number>()
    expectTypeOf<PathValue<Shop, "tags.0">>().toEqualTypeOf<string>()
    expectTypeOf<PathValue<{ grid: number[][] }, "grid.0">>().toEqualTypeOf<number[]>()
    expectTypeOf<PathValue<{ grid: number[][] }, "grid.0.1">>().toEqualTypeOf<number>()
    expectTypeOf<PathValue<Shop, DynamicPath>>().toEqualTypeOf<unknown>()
  })

  test("leave an _id that the type has to the rule that it is a string", () => {
    expectTypeOf<Path<{ _id: number; a: { _id: number } }>>().toEqualTypeOf<"_id" | "a" | "a._id">()
    expectTypeOf<PathValue<{ _id: number }, "_id">>().toEqualTypeOf<string>()
    expectTypeOf<PathValue<{ a: { _id: number } }, "a._id">>().toEqualTypeOf<number>()
  })

  test("are any strings in collections without a type", () => {
    expectTypeOf<Path<Document>>().toEqualTypeOf<string>()
    expectTypeOf<Path<unknown>>().toEqualTypeOf<string>()
    // biome-ignore lint/suspicious/noExplicitAny: what users may write
    expectTypeOf<Path<any>>().toEqualTypeOf<string>()
    expectTypeOf<PathValue<Document, "a.b">>().toEqualTypeOf<Value>()
    expectTypeOf<PathValue<unknown, "a.b">>().toEqualTypeOf<unknown>()
  })
})

describe("paths of a kind", () => {
  type Flat = Omit<Shop, "parent" | "meta" | "extra" | "branches">

  test("are those whose values are all of the kind, or null, or missing", () => {
    expectTypeOf<NumericPath<Flat>>().toEqualTypeOf<
      | "rating"
      | "stock"
      | "address.geo.lat"
      | "address.geo.lon"
      | "owner.vat"
      | `rows.${number}.sizes.${number}`
    >()
    expectTypeOf<DatePath<Flat>>().toEqualTypeOf<"since">()
    expectTypeOf<ArrayPath<Flat>>().toEqualTypeOf<"tags" | "rows" | `rows.${number}.sizes`>()
    expectTypeOf<StringPath<Flat>>().toEqualTypeOf<
      | "name"
      | `tags.${number}`
      | `rows.${number}.sku`
      | "address.city"
      | `hours.${string}`
      | "owner.kind"
      | "owner.name"
      | "owner.parent"
    >()
    expectTypeOf<OrderablePath<{ a: string | number; b: boolean; c: object }>>().toEqualTypeOf<"a">()
    expectTypeOf<SortPath<{ a: string | number; b: boolean; c: object; d: string[] }>>().toEqualTypeOf<
      "_id" | "a" | "b" | `d.${number}`
    >()
    expectTypeOf<OptionalPath<Flat>>().toEqualTypeOf<
      "since" | "address.geo" | `hours.${string}` | "owner.vat" | "owner.parent" | `rows.${number}.sizes`
    >()
  })

  test("hold all that nothing is known of", () => {
    expectTypeOf<NumericPath<Pick<Shop, "meta" | "name">>>().toEqualTypeOf<"meta" | `meta.${string}`>()
    expectTypeOf<NumericPath<Document>>().toEqualTypeOf<string>()
    expectTypeOf<SortPath<Document>>().toEqualTypeOf<string>()
    expectTypeOf<OptionalPath<Document>>().toEqualTypeOf<string>()
    expectTypeOf<OptionalPath<unknown>>().toEqualTypeOf<string>()
  })
})
