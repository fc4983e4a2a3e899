import { runInNewContext } from "node:vm"
import { NoSQLError, type StandardSchema } from "@nosql/contracts"
import { expect, test } from "vitest"
import { validateDocument } from "./validate-document.ts"

const context = { operation: "insertOne", collection: "users", backend: "memory" }

async function outcomeOf(answer: () => unknown): Promise<unknown> {
  const schema = {
    "~standard": { version: 1, vendor: "test", validate: answer },
  } as unknown as StandardSchema
  try {
    return await validateDocument({}, schema, context)
  } catch (error) {
    if (!NoSQLError.isInstance(error)) throw error
    const { code, message, path, cause } = error
    return { code, message, path, cause }
  }
}

test("the output of a schema is the answer, also where its promise is none of this realm's", async () => {
  expect(await outcomeOf(() => ({ value: { a: 1 } }))).toEqual({ a: 1 })
  expect(await outcomeOf(async () => ({ value: { a: 1 } }))).toEqual({ a: 1 })
  const foreign: unknown = runInNewContext("Promise.resolve({ value: { a: 1 } })")
  expect(await outcomeOf(() => foreign)).toEqual({ a: 1 })
})

test("a schema that throws is validation, with its error as the cause alone", async () => {
  const cause = new TypeError("no secret of 42")
  const failed = {
    code: "validation",
    message: "insertOne: the schema failed; its own error is the cause",
    path: undefined,
    cause,
  }
  expect(
    await outcomeOf(() => {
      throw cause
    }),
  ).toEqual(failed)
  expect(await outcomeOf(() => Promise.reject(cause))).toEqual(failed)
})

test.each([undefined, null, {}, "yes", { issues: "no" }, { value: undefined }])(
  "a schema that answers %j is validation",
  async (answer) => {
    expect(await outcomeOf(() => answer)).toMatchObject({
      code: "validation",
      message: "insertOne: the schema answered neither { value } nor { issues }, as Standard Schema says",
    })
  },
)

test("issues name their paths, whatever they are made of; none at all is of the whole document", async () => {
  const issues = [
    { message: "m", path: ["b", 0, { key: "c" }] },
    { message: "m", path: [Symbol("s")] },
    { message: "m", path: "x" },
    null,
  ]
  const words = "does not conform to the schema of \"users\"; the schema's own words are in the error's cause"
  expect(await outcomeOf(() => ({ issues }))).toEqual({
    code: "validation",
    message: `insertOne: the document, "Symbol(s)", "b.0.c" ${words}`,
    path: "",
    cause: issues,
  })
  expect(await outcomeOf(() => ({ issues: [] }))).toMatchObject({
    message: `insertOne: the document ${words}`,
  })
})
