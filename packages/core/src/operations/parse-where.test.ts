import type { IdKind } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { fold } from "../ast/fold.ts"
import { parseFilter } from "../parse/parse-filter.ts"
import { specificationName } from "../parse/specified-filter.ts"
import { normalizeIdFilter } from "../store/normalize-id-filter.ts"
import type { CollectionContext } from "./operation.ts"
import { parseWhere } from "./parse-where.ts"

const context = { operation: "find" }

function where(filter: unknown, ids: IdKind, capabilities = {}) {
  const info = { name: "things", declared: false, fields: {}, indexes: [], ids }
  return parseWhere({ info, capabilities } as unknown as CollectionContext, context, filter)
}

/** What comes of it, or the error's message. */
function outcome(parse: () => unknown): unknown {
  try {
    return parse()
  } catch (error) {
    return (error as Error).message
  }
}

const id = "0123456789ABCDEF01234567"

describe("parseWhere", () => {
  test.each<[string, unknown]>([
    ["an id", { _id: id }],
    ["no id of the format", { _id: "x" }],
    ["an empty id", { _id: "" }],
    ["an id without a prototype", Object.assign(Object.create(null), { _id: id })],
    ["an id and more", { _id: id, a: 1 }],
    ["an undefined field beside it", { _id: id, a: undefined }],
    ["operators", { _id: { $in: [id] } }],
    ["null", { _id: null }],
    ["a number", { _id: 1 }],
    ["undefined", { _id: undefined }],
    ["a lone surrogate", { _id: "\ud800" }],
    ["an inherited id", Object.create({ _id: id })],
    ["a spread specification", { _id: id, [specificationName]: "Mine" }],
    [
      "a specification",
      Object.assign(Object.create({ [specificationName]: "", toFilter: () => ({}) }), { _id: id }),
    ],
    ["another field", { id }],
    ["nothing", {}],
    ["a string", id],
    ["an array", [id]],
    ["null alone", null],
  ])("says of %s what the parser says", (_, filter) => {
    for (const ids of ["auto", "string", "objectId", "uuid"] as const) {
      const parsed = () => fold(normalizeIdFilter(parseFilter(filter, context), ids, context))
      expect(outcome(() => where(filter, ids))).toEqual(outcome(parsed))
    }
  })

  test("refuses an id where the store compares nothing", () => {
    expect(() => where({ _id: id }, "auto", { "filter.compare": "none" })).toThrow("filter.compare")
  })
})
