import { describe, expectTypeOf, test } from "vitest"
import type {
  CollectionOptions,
  Document,
  DynamicPath,
  FieldDeclaration,
  NativeValue,
  SchemaCollectionOptions,
  StandardSchema,
  Value,
} from "./index.ts"

interface Row {
  name: string
  status: "on" | "off"
  owner: string & { readonly brand: "Owner" }
  nick?: string
  left: string | undefined
  count: number
  level: 1 | 2
  total: bigint
  active: boolean
  at: Date
  raw: Uint8Array
  tags: readonly string[]
  pair: [number, string]
  note: string | null
  score?: number | null
  address: { city: string; zip?: string }
  home?: { city: string; geo?: { lat: number } | null }
  state: { kind: "idle" } | { kind: "busy"; since: Date }
  either: string | number
  when: Date | { from: Date }
  nothing: null
  price: NativeValue
  extra: Record<string, number>
  shops: Record<string, { city: string }>
  meta: unknown
  value: Value
  parent?: Row
}
type Fields<T> = NonNullable<CollectionOptions<T>["fields"]>
declare const path: DynamicPath
declare function declare(fields: Fields<Row>): void

describe("fields take", () => {
  test("the kind that the type says", () => {
    declare({ name: "string", status: "string", count: "number", level: "number", total: "bigint" })
    declare({ active: "boolean", at: "date", raw: "binary", tags: "array", pair: "array" })
    declare({ address: "object", state: "object", extra: "object", shops: "object" })
    declare({ "address.city": "string", "state.kind": "string" })
  })

  test("text that is another document's id", () => {
    declare({ name: "id", owner: "id", nick: "id?", note: "id|null" })
  })

  test("`?` where the field, or a parent, may be missing, and `|null` where it may be null", () => {
    declare({ nick: "string?", left: "string?", note: "string|null", score: "number|null?" })
    declare({
      home: "object?",
      "home.city": "string?",
      "home.geo": "object|null?",
      "home.geo.lat": "number?",
    })
    declare({ "address.zip": "string?", "state.since": "date?", "parent.parent.name": "string?" })
  })

  test("more than the type says", () => {
    declare({ name: "string?", count: "number|null", at: "date|null?", nick: "string|null?" })
  })

  test("any kind where the type has several, or none that is known", () => {
    declare({ either: "string", when: "date", price: "object", nothing: "string|null" })
    declare({ meta: "number", "meta.a": "date", value: "string", "value.a": "array?" })
    expectTypeOf<Fields<Document>[string]>().toEqualTypeOf<FieldDeclaration | undefined>()
    expectTypeOf<Fields<unknown>[string]>().toEqualTypeOf<FieldDeclaration | undefined>()
    expectTypeOf<Fields<object>[string]>().toEqualTypeOf<FieldDeclaration | undefined>()
    // biome-ignore lint/suspicious/noExplicitAny: what users may write
    expectTypeOf<Fields<any>[string]>().toEqualTypeOf<FieldDeclaration | undefined>()
  })

  test("names of records, be they always there or not", () => {
    declare({
      "extra.a": "number",
      "extra.b": "number?",
      "shops.rome": "object?",
      "shops.rome.city": "string",
    })
  })

  test("paths that the compiler does not know, beside others", () => {
    declare({ name: "string", [path]: "date" })
  })

  test("of a schema, what it gives: that is stored", () => {
    type Input = { name: string; role?: string; at: string }
    type Output = { name: string; role: string; at: Date }
    const options = (_: SchemaCollectionOptions<Input, Output>) => undefined
    const schema = {} as StandardSchema<Input, Output>
    options({ schema, fields: { role: "string", at: "date" } })
    // @ts-expect-error what is inserted is another kind
    options({ schema, fields: { at: "string" } })
  })
})

describe("fields refuse", () => {
  test("another kind", () => {
    // @ts-expect-error
    declare({ name: "number" })
    // @ts-expect-error
    declare({ at: "string?" })
    // @ts-expect-error a number is read where a bigint is declared as a bigint
    declare({ count: "bigint" })
    // @ts-expect-error nor is a bigint a number
    declare({ total: "number" })
    // @ts-expect-error a number is no id
    declare({ count: "id" })
    // @ts-expect-error
    declare({ tags: "object" })
    // @ts-expect-error
    declare({ address: "string" })
    // @ts-expect-error
    declare({ raw: "array" })
    // @ts-expect-error deeper down
    declare({ "home.geo.lat": "string?" })
    // @ts-expect-error of a record
    declare({ "extra.a": "string" })
    // @ts-expect-error beside a path that the compiler does not know
    declare({ name: "number", [path]: "date" })
  })

  test("to promise what the type does not", () => {
    // @ts-expect-error it may be missing
    declare({ nick: "string" })
    // @ts-expect-error it may be undefined, which is not stored
    declare({ left: "string" })
    // @ts-expect-error it may be null
    declare({ note: "string" })
    // @ts-expect-error null is not missing
    declare({ note: "string?" })
    // @ts-expect-error it may be both
    declare({ score: "number|null" })
    // @ts-expect-error its parent may be missing
    declare({ "home.city": "string" })
    // @ts-expect-error only one member of the union has it
    declare({ "state.since": "date" })
  })

  test("what is no path, or no declaration", () => {
    // @ts-expect-error
    declare({ nmae: "string" })
    // @ts-expect-error
    declare({ name: "text" })
    // @ts-expect-error an _id has rules of its own
    declare({ _id: "string" })
    // @ts-expect-error a declaration enters no array
    declare({ "tags.0": "string" })
  })
})
