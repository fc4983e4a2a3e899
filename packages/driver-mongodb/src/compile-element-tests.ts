import type { CompareNode, FilterNode } from "@nosql/core/driver"
import { kindOf } from "@nosql/core/driver"
import type { Document as BsonDocument } from "mongodb"
import { compileTest, type Site } from "./compile-test.ts"
import { encodeValue } from "./value-codec.ts"

/** Operators on an array that hold if one element fulfils a filter over values. */
export interface ElementTests {
  readonly tests: BsonDocument
  readonly exact: boolean
}

/** Operators for one element; undefined where MongoDB has none, so that nothing is asked and core finishes. */
type Operators = BsonDocument | undefined

/**
 * Translates the filter of an `$elemMatch` over values. There MongoDB takes operators only and no groups, so alternatives become several
 * `$elemMatch` (that one element fulfils a or b is that one fulfils a, or one fulfils b), and what has no operator is left out.
 */
export function compileElementTests(filter: FilterNode, site: Site): ElementTests[] {
  if (filter.kind === "or") return filter.filters.flatMap((arm) => compileElementTests(arm, site))
  if (filter.kind === "true") return [{ tests: { $type: "array", $not: { $size: 0 } }, exact: true }]
  const arms = filter.kind === "and" ? filter.filters : [filter]
  const operators: BsonDocument = {}
  let exact = true
  for (const arm of arms) {
    const compiled = compileOperators(arm, site)
    if (compiled === undefined || Object.keys(compiled).some((name) => Object.hasOwn(operators, name)))
      exact = false
    else Object.assign(operators, compiled)
  }
  const tests = Object.keys(operators).length === 0 ? { $type: "array" } : { $elemMatch: operators }
  return [{ tests, exact }]
}

function compileOperators(node: FilterNode, site: Site): Operators {
  switch (node.kind) {
    case "compare":
      return isWholeEquality(node) ? undefined : compileTest(node, site)
    case "in":
      if (node.values.some((value) => kindOf(value) === "array" || kindOf(value) === "object"))
        return undefined
      return { $in: node.values.map((value) => encodeValue(value, site.within, site.collection)) }
    case "exists":
    case "type":
    case "regex":
    case "startsWith":
    case "mod":
    case "size":
      return node.path.length === 0 ? compileTest(node, site) : undefined
    case "not":
      return negate(node.filter, site)
    default:
      return undefined
  }
}

function isWholeEquality({ operator, value }: CompareNode): boolean {
  return operator === "eq" && (kindOf(value) === "array" || kindOf(value) === "object")
}

/** Several operators in one `$not` are the complement of them together. */
function negate(filter: FilterNode, site: Site): Operators {
  const arms = filter.kind === "and" ? filter.filters : [filter]
  const operators: BsonDocument = {}
  for (const arm of arms) {
    const compiled = compileOperators(arm, site)
    if (compiled === undefined || Object.keys(compiled).some((name) => Object.hasOwn(operators, name)))
      return undefined
    Object.assign(operators, compiled)
  }
  const [name, ...more] = Object.keys(operators)
  if (name === "$eq" && more.length === 0) return { $ne: operators["$eq"] }
  if (name === "$in" && more.length === 0) return { $nin: operators["$in"] }
  return { $not: operators }
}
