import type { CompareNode, FilterNode, TypeNode } from "@nosql/core/driver"
import type { Document as BsonDocument } from "mongodb"
import { compileTest, compileTypes, type Site } from "./compile-test.ts"
import { isWhole } from "./compile-whole.ts"
import { encodeValue } from "./encode-value.ts"
import { isPattern } from "./native-codec.ts"

/** Operators on an array that hold if one element fulfils a filter over values. */
interface ElementTests {
  readonly tests: BsonDocument
  /** False: they hold for more, never for less. */
  readonly exact: boolean
}

/**
 * Translates the filter of an `$elemMatch` over values. There MongoDB takes operators only and no groups, so alternatives become several
 * `$elemMatch` (that one element fulfils a or b is that one fulfils a, or one fulfils b), and what has no operator is left to core.
 */
export function compileElementTests(filter: FilterNode, site: Site): ElementTests[] {
  if (filter.kind === "or" && !filter.filters.every(isType))
    return filter.filters.flatMap((arm) => compileElementTests(arm, site))
  if (filter.kind === "true") return [{ tests: { $type: "array", $not: { $size: 0 } }, exact: true }]
  const { operators, exact } = compileAll(filter, site)
  const tests = Object.keys(operators).length === 0 ? { $type: "array" } : { $elemMatch: operators }
  return [{ tests, exact }]
}

/** One object of operators for filters that all hold. */
function compileAll(filter: FilterNode, site: Site): { operators: BsonDocument; exact: boolean } {
  const arms = mergeNegations(filter.kind === "and" ? filter.filters : [filter])
  const operators: BsonDocument = {}
  let exact = true
  for (const arm of arms) {
    const compiled = compileOperators(arm, site)
    if (compiled !== undefined && Object.keys(compiled).every((name) => !Object.hasOwn(operators, name)))
      Object.assign(operators, compiled)
    else exact = false
  }
  return { operators, exact }
}

/** An object takes one `$not` only: "neither of this kind nor of that" becomes one negation. */
function mergeNegations(arms: readonly FilterNode[]): readonly FilterNode[] {
  const isNegatedType = (arm: FilterNode) => arm.kind === "not" && isType(arm.filter)
  const types = arms.flatMap((arm) => (arm.kind === "not" && isType(arm.filter) ? [arm.filter] : []))
  if (types.length < 2) return arms
  return [
    ...arms.filter((arm) => !isNegatedType(arm)),
    { kind: "not", filter: { kind: "or", filters: types } },
  ]
}

function isType(filter: FilterNode): filter is TypeNode {
  return filter.kind === "type"
}

/** Undefined where MongoDB has no operator. */
function compileOperators(node: FilterNode, site: Site): BsonDocument | undefined {
  switch (node.kind) {
    case "compare":
      return isWholeEquality(node) ? undefined : compileTest(node, site)
    case "in":
      if (node.values.some((value) => isWhole(value) || isPattern(value))) return undefined
      return { $in: node.values.map((value) => encodeValue(value, site.within, site.collection)) }
    case "type":
    case "regex":
    case "startsWith":
    case "mod":
      return compileTest(node, site)
    case "or":
      return node.filters.every(isType)
        ? { $type: compileTypes(node.filters.map(({ type }) => type)) }
        : undefined
    case "not":
      return negate(node.filter, site)
    default:
      return undefined
  }
}

function isWholeEquality({ operator, value }: CompareNode): boolean {
  return operator === "eq" && isWhole(value)
}

/** Several operators in one `$not` are the complement of them together; of a superset there is none. */
function negate(filter: FilterNode, site: Site): BsonDocument | undefined {
  const { operators, exact } = compileAll(filter, site)
  const [name, ...more] = Object.keys(operators)
  if (!exact || name === undefined) return undefined
  if (filter.kind === "compare" && isPattern(filter.value)) return undefined
  if (name === "$eq" && more.length === 0) return { $ne: operators["$eq"] }
  if (name === "$in" && more.length === 0) return { $nin: operators["$in"] }
  return { $not: operators }
}
