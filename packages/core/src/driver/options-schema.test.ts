import { expect, test } from "vitest"
import type { OptionProblem } from "./config-error.ts"
import { optionsSchema } from "./options-schema.ts"

interface Options {
  readonly url?: string
}

test("a driver's problems are the schema's issues, each at the path of its option", async () => {
  const problems: OptionProblem[] = [
    { path: "url", problem: "is no address" },
    { path: "clientOptions.region", problem: "is stated twice" },
  ]
  const declarations = { url: { type: "string", description: "The server's address" } }
  const { validate } = optionsSchema<Options>(declarations, ({ url }) => (url === "" ? problems : []))[
    "~standard"
  ]
  expect(await validate({ url: "" })).toEqual({
    issues: [
      { path: ["url"], message: "is no address" },
      { path: ["clientOptions", "region"], message: "is stated twice" },
    ],
  })
  expect(await validate({ url: "x" })).toEqual({ value: { url: "x" } })
})
