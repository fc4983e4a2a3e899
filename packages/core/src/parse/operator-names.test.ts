import type { FilterOperators, Update } from "@nosql/contracts"
import { describe, expect, expectTypeOf, test } from "vitest"
import { type FilterOperatorName, filterOperatorNames } from "./filter-operator-names.ts"
import { parseAllowedFilter } from "./parse-allowed-filter.ts"
import { parseFilter } from "./parse-filter.ts"
import { parseUpdate } from "./parse-update.ts"
import { type UpdateOperatorName, updateOperatorNames } from "./update-operator-names.ts"

const context = { operation: "test" }

/** What an error says of a bad operand names the operator, but never as an unknown one. */
const problemOf = (call: () => unknown): string => {
  try {
    call()
    return ""
  } catch (error) {
    return (error as Error).message
  }
}

describe("the lists of operators", () => {
  test("name every operator that a filter takes", () => {
    for (const operator of filterOperatorNames) {
      const allowed = { operators: [operator], paths: ["n"] }
      const filters = [{ n: { [operator]: {} } }, { [operator]: {} }]
      const problems = filters.map((filter) => problemOf(() => parseAllowedFilter(filter, allowed)))
      expect(problems.filter((problem) => /unknown operator|not allowed/.test(problem))).toHaveLength(1)
    }
    // The answer to an unknown one lists all that stand at a path: all but $and, $or, $nor and $text.
    const told = problemOf(() => parseFilter({ n: { $foo: 1 } }, context))
    expect(filterOperatorNames.filter((operator) => told.split(" ").includes(operator))).toHaveLength(
      filterOperatorNames.length - 4,
    )
  })

  test("name every operator that an update takes", () => {
    for (const operator of updateOperatorNames) {
      expect(problemOf(() => parseUpdate({ [operator]: { n: Symbol("wrong") } }, context))).not.toContain(
        "unknown",
      )
    }
    expect(problemOf(() => parseUpdate({ $foo: { n: 1 } }, context))).toContain(updateOperatorNames.join(" "))
  })

  test("are the types' own, and frozen", () => {
    expectTypeOf<Exclude<keyof FilterOperators<unknown>, "$options">>().toExtend<FilterOperatorName>()
    expectTypeOf<Exclude<FilterOperatorName, "$and" | "$or" | "$nor" | "$text">>().toExtend<
      keyof FilterOperators<unknown>
    >()
    expectTypeOf<UpdateOperatorName>().toEqualTypeOf<keyof Update<{ n: number }>>()
    expect(Object.isFrozen(filterOperatorNames) && Object.isFrozen(updateOperatorNames)).toBe(true)
  })
})

test("parseFilter refuses to allow what is no operator", () => {
  const allow = (operators: readonly unknown[]) => () =>
    parseAllowedFilter({ n: 1 }, { operators: operators as never, paths: ["n"] })
  expect(allow(["gte"])).toThrow('parseFilter at "operators": "gte" is no operator of filters; there are $eq')
  expect(allow(["$gte", "$where"])).toThrow('"$where" is no operator')
  expect(allow([5])).toThrow("5 is no operator")
})
