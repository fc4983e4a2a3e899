import { Ajv2020 } from "ajv/dist/2020.js"
import { expect, test } from "vitest"
import { parse } from "yaml"
import { generalJsonSchema } from "../src/config/general-schema.ts"
import { jsonSchemaOf } from "../src/config/json-schema.ts"
import { editorSchema } from "../tooling/editor-schema.ts"
import { fakeDriver } from "./fake-driver.ts"

const schema = editorSchema(generalJsonSchema, { fake: jsonSchemaOf(fakeDriver().module.options) })
const accepts = new Ajv2020({ allowUnionTypes: true }).compile(schema)

test.each([
  ["nothing of ours", "server: { port: 1 }"],
  ["both spellings", "nosql: { max_buffered_documents: 5, fake: { poolSize: 1, min_pool_size: 0 } }"],
  [
    "variables where values stand",
    `nosql: { scans: '\${SCANS:-warn}', fake: { pool_size: '\${POOL}', safe: '\${SAFE}' } }`,
  ],
  ["backends with blocks", "nosql: { backends: [{ name: a, primary: true, fake: { url: x } }] }"],
  [
    "alternatives and nested objects",
    "nosql: { fake: { confirm: 2, retry: { max_attempts: 3 }, tags: { any: x } } }",
  ],
])("editors accept %s", (_, yaml) => {
  expect(accepts(parse(yaml)), JSON.stringify(accepts.errors)).toBe(true)
})

test.each([
  ["an unknown name", "nosql: { scan: warn }"],
  ["a choice that is none", "nosql: { scans: wrn }"],
  ["a wrong type", "nosql: { fake: { pool_size: many } }"],
  ["a number out of range", "nosql: { fake: { pool_size: 0 } }"],
  ["an unknown name in a backend's block", "nosql: { backends: [{ name: a, fake: { ulr: x } }] }"],
])("editors underline %s", (_, yaml) => {
  expect(accepts(parse(yaml))).toBe(false)
})
