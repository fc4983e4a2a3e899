import {
  and,
  type CollectionInfo,
  compare,
  contains,
  elemMatch,
  exists,
  type FilterNode,
  hasSize,
  hasType,
  isIn,
  matchAll,
  matchNone,
  mod,
  not,
  or,
  regex,
  startsWith,
} from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { compileFilter } from "./compile-filter.ts"
import { where } from "./native-query.ts"

const collection: CollectionInfo = {
  name: "things",
  declared: true,
  fields: {
    status: "string",
    nick: "string|null",
    maybe: "string?",
    paid: "boolean",
    open: "boolean|null",
    at: "date",
    total: "bigint",
    "rows.0": "object?",
  },
  indexes: [],
  ids: "auto",
}
const compiled = (node: FilterNode) => compileFilter(node, collection)
const eq = (path: string, value: Parameters<typeof compare>[2]) => compare("eq", [path], value)
const orOf = (...filters: readonly object[]) => ({ kind: "or", filters })
const andOf = (...filters: readonly object[]) => ({ kind: "and", filters })
const all = { kind: "all" }
const none = { kind: "none" }
const far = new Date("+010000-01-01T00:00:00.000Z")

describe("exact filters", () => {
  test.each<[string, FilterNode, object]>([
    ["everything", matchAll, all],
    ["nothing", matchNone, none],
    ["equality", compare("eq", ["a", "b"], 1), where(["a", "b"], "==", 1)],
    ["whole arrays, nested ones too", eq("a", [[1], 2]), where(["a"], "==", [[1], 2])],
    ["whole objects", eq("a", { x: null }), where(["a"], "==", { x: null })],
    ["null at a declared path", eq("nick", null), where(["nick"], "==", null)],
    ["values", isIn(["a"], [1, "x"]), where(["a"], "in", [1, "x"])],
    [
      "values and null at a declared path",
      isIn(["nick"], ["x", "y", null]),
      orOf(where(["nick"], "in", ["x", "y"]), where(["nick"], "==", null)),
    ],
    [
      "a value and null at a declared path",
      isIn(["nick"], ["x", null]),
      orOf(where(["nick"], "==", "x"), where(["nick"], "==", null)),
    ],
    ["a date beyond Firestore's", eq("a", far), none],
    ["values of which one is beyond", isIn(["a"], [far, 1]), where(["a"], "==", 1)],
    ["an id", eq("_id", "x"), where(["_id"], "==", "x")],
    ["an id that no document has", eq("_id", "a/b"), none],
    ["a range", compare("gt", ["a"], 5), where(["a"], ">", 5)],
    ["a range of ids", compare("lte", ["_id"], "m"), where(["_id"], "<=", "m")],
    ["dates after", compare("gt", ["at"], new Date(5)), where(["at"], ">=", new Date(6))],
    ["dates from", compare("gte", ["at"], new Date(5)), where(["at"], ">=", new Date(5))],
    ["dates before", compare("lt", ["at"], new Date(5)), where(["at"], "<", new Date(5))],
    ["dates until", compare("lte", ["at"], new Date(5)), where(["at"], "<", new Date(6))],
    ["dates before all", compare("lt", ["at"], new Date(-8.64e15)), none],
    ["dates after all", compare("gt", ["at"], far), none],
    [
      "dates until beyond",
      compare("lte", ["at"], far),
      where(["at"], ">=", new Date("0001-01-01T00:00:00Z")),
    ],
    [
      "dates from beyond",
      compare("gte", ["at"], new Date(-8.64e15)),
      where(["at"], ">=", new Date("0001-01-01T00:00:00Z")),
    ],
    ["existence", exists(["a"]), orOf(where(["a"], "==", null), where(["a"], "!=", null))],
    ["existence of what is declared", exists(["status"]), all],
    ["a kind", hasType(["a"], "string"), where(["a"], ">=", "")],
    ["numbers", hasType(["a"], "number"), where(["a"], ">=", -(2 ** 63))],
    ["booleans", hasType(["a"], "boolean"), where(["a"], "in", [true, false])],
    ["null alone", hasType(["a"], "null"), where(["a"], "==", null)],
    ["the declared kind", hasType(["status"], "string"), all],
    ["the declared kind of what may be null", hasType(["nick"], "string"), where(["nick"], ">=", "")],
    ["another kind than the declared one", hasType(["status"], "number"), none],
    ["a prefix", startsWith(["a"], "ab"), andOf(where(["a"], ">=", "ab"), where(["a"], "<", "ac"))],
    ["the empty prefix", startsWith(["a"], ""), where(["a"], ">=", "")],
    ["an element", contains(["a"], [[1]]), where(["a"], "array-contains", [1])],
    ["one of several elements", contains(["a"], [1, 2]), where(["a"], "array-contains-any", [1, 2])],
    ["no elements", hasSize(["a"], 0), where(["a"], "==", [])],
    [
      "groups",
      and([eq("a", 1), or([eq("b", 2), compare("lt", ["c"], 3)])]),
      andOf(where(["a"], "==", 1), orOf(where(["b"], "==", 2), where(["c"], "<", 3))),
    ],
    ["not a value of what is declared", not(eq("status", "x")), where(["status"], "!=", "x")],
    [
      "not a value of what may be null",
      not(eq("nick", "x")),
      orOf(where(["nick"], "!=", "x"), where(["nick"], "==", null)),
    ],
    ["not a value of another kind", not(eq("status", 5)), all],
    ["not true, of a declared boolean", not(eq("paid", true)), where(["paid"], "==", false)],
    [
      "not true, of what may be null",
      not(eq("open", true)),
      orOf(where(["open"], "==", false), where(["open"], "==", null)),
    ],
    ["neither boolean", not(isIn(["paid"], [true, false])), none],
    ["not null", not(eq("a", null)), where(["a"], "!=", null)],
    ["not null, of what never is", not(eq("status", null)), all],
    ["neither null nor a value", not(isIn(["a"], [null, 1])), where(["a"], "!=", 1)],
    ["neither null nor values", not(isIn(["a"], [1, null, 2])), where(["a"], "not-in", [1, 2])],
    ["none of some values", not(isIn(["status"], ["x", "y"])), where(["status"], "not-in", ["x", "y"])],
    ["not above", not(compare("gt", ["total"], 5)), where(["total"], "<=", 5)],
    ["not above another kind", not(compare("gt", ["total"], "x")), all],
    [
      "not before, of what may be null",
      not(compare("lt", ["nick"], "x")),
      orOf(where(["nick"], ">=", "x"), where(["nick"], "==", null)),
    ],
    [
      "not with a prefix",
      not(startsWith(["status"], "x")),
      orOf(where(["status"], "<", "x"), where(["status"], ">=", "y")),
    ],
    ["missing, of what is declared", not(exists(["status"])), none],
    [
      "not both",
      not(and([eq("status", "x"), eq("paid", true)])),
      orOf(where(["status"], "!=", "x"), where(["paid"], "==", false)),
    ],
    [
      "a digit below a declared path",
      exists(["rows", "0"]),
      orOf(where(["rows", "0"], "==", null), where(["rows", "0"], "!=", null)),
    ],
  ])("%s", (_, node, filter) => {
    expect(compiled(node)).toEqual({ filter, exact: true })
  })
})

describe("supersets, finished by core", () => {
  test.each<[string, FilterNode, object, string]>([
    ["null, which is also missing", eq("a", null), all, "declare it in `fields`"],
    ["null of what may be missing", eq("maybe", null), all, 'lacks "maybe"'],
    ["null among values", isIn(["a"], [1, null]), all, 'lacks "a"'],
    ["not a value, or missing", not(eq("a", 1)), all, 'lacks "a"'],
    ["none of values, or missing", not(isIn(["maybe"], ["x"])), all, 'lacks "maybe"'],
    ["missing", not(exists(["a"])), all, 'lacks "a"'],
    ["not above, or missing", not(compare("gt", ["a"], 1)), all, 'lacks "a"'],
    ["more than not-in takes", not(isIn(["status"], [..."abcdefghijk"])), all, "takes 10 values"],
    [
      "a pattern",
      regex(["a"], "^ab.", ""),
      andOf(where(["a"], ">=", "ab"), where(["a"], "<", "ac")),
      "$regex",
    ],
    ["a pattern from nowhere", regex(["a"], "b", ""), all, "$regex"],
    ["remainders", mod(["a"], 2, 1), where(["a"], ">=", -(2 ** 63)), "$mod"],
    ["sizes", hasSize(["a"], 2), where(["a"], ">", []), "$size"],
    [
      "elements by their fields",
      elemMatch(["a"], { of: "objects", filter: eq("b", 1) }),
      where(["a"], ">", []),
      "$elemMatch",
    ],
    ["null among the elements", contains(["a"], [null]), where(["a"], ">", []), "null"],
    ["not an element", not(contains(["a"], [1])), all, "complement"],
    ["an index into an array", compare("eq", ["a", "0"], 1), all, "may index an array"],
    ["not at an index into an array", not(compare("eq", ["a", "0"], null)), all, "may index an array"],
    ["a value longer than an index entry", eq("a", "x".repeat(1500)), all, "1,500 bytes"],
    ["a path longer than Firestore's", exists(Array.from({ length: 21 }, () => "a")), all, "20 parts"],
    ["other ids", not(eq("_id", "x")), all, "ids"],
    [
      "one arm of two",
      or([eq("b", 1), regex(["a"], "^x.", "")]),
      orOf(where(["b"], "==", 1), andOf(where(["a"], ">=", "x"), where(["a"], "<", "y"))),
      "$regex",
    ],
    ["an arm that knows nothing", or([eq("b", 1), eq("a", null)]), all, 'lacks "a"'],
  ])("%s", (_, node, filter, reason) => {
    expect(compiled(node)).toEqual({ filter, exact: false, reason: expect.stringContaining(reason) })
  })
})
