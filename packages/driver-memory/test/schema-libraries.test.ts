import { connect, defineCollection, type StandardSchema, type WithId } from "@nosql/core"
import { memory } from "@nosql/driver-memory"
import { type } from "arktype"
import * as v from "valibot"
import { describe, expect, expectTypeOf, test } from "vitest"
import { z } from "zod"

interface User {
  name: string
  age: number
  role: string
}
interface NewUser {
  name: string
  age: number
  role?: string | undefined
}

const libraries: Readonly<Record<string, StandardSchema<NewUser, User>>> = {
  zod: z.object({ name: z.string().min(1), age: z.number().min(0), role: z.string().default("user") }),
  valibot: v.object({
    name: v.pipe(v.string(), v.minLength(1)),
    age: v.pipe(v.number(), v.minValue(0)),
    role: v.optional(v.string(), "user"),
  }),
  arktype: type({ name: "string > 0", age: "number >= 0", role: "string = 'user'" }),
}

describe.each(Object.entries(libraries))("a schema of %s", (_, schema) => {
  const Users = defineCollection("users", { schema, indexes: [{ keys: { age: 1 } }] })

  test("stores its output, with its defaults", async () => {
    await using store = await connect(memory())
    const users = store.collection(Users)
    const id = await users.insertOne({ name: "Ada", age: 36 })
    expect(await users.get(id)).toEqual({ _id: id, name: "Ada", age: 36, role: "user" })
  })

  test("names the path of every problem and tells no value", async () => {
    await using store = await connect(memory())
    const users = store.collection(Users)
    const error = await users.insertOne({ name: "", age: -987_654 }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: "validation",
      operation: "insertOne",
      details: { problems: [{ path: "age" }, { path: "name" }] },
    })
    expect(JSON.stringify(error) + String(error)).not.toContain("987")
    expect(await users.count({})).toBe(0)
  })
})

test("types come from the schema: its output is read, its input inserted", async () => {
  const Users = defineCollection("users", {
    schema: z.object({ name: z.string(), role: z.string().default("user") }),
    fields: { role: "string" },
  })
  await using store = await connect(memory())
  const users = store.collection(Users)
  const id = await users.insertOne({ name: "Ada" })
  expectTypeOf(await users.get(id)).toEqualTypeOf<WithId<{ name: string; role: string }> | null>()
  // @ts-expect-error the schema has no such field
  const query = () => users.find({ rank: 1 })
  // @ts-expect-error a name is text
  const insert = () => users.insertOne({ name: 5 })
  const schema = z.object({ a: z.string() })
  // @ts-expect-error no such path
  const declare = () => defineCollection("x", { schema, indexes: [{ keys: { b: 1 } }] })
  expect([query, insert, declare]).toHaveLength(3)
})
