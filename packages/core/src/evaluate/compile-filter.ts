import { assertNever, type Value } from "@nosql/contracts"
import type { CompareNode, ElementFilter, FilterNode } from "../ast/filter.ts"
import { compileRegex } from "../regex/compile-regex.ts"
import { parseRegex } from "../regex/parse-regex.ts"
import { kindOf } from "../values/compare-values.ts"
import { compileEquality, compileRange } from "./compile-comparison.ts"
import { compileMembership } from "./compile-membership.ts"
import { compileMod } from "./compile-mod.ts"
import { equalityAt, testAt } from "./compile-reader.ts"
import { cheapestFirst } from "./filter-cost.ts"
import type { Predicate, ValueTest } from "./predicate.ts"

/** Compiles a filter once into a closure that is run for each document. No code is generated, so it runs under any CSP. */
export function compileFilter(node: FilterNode): Predicate {
  switch (node.kind) {
    case "true":
    case "text": // conjunctive and answered by the store: whatever came from there matches
      return () => true
    case "false":
      return () => false
    case "compare":
      return compileComparison(node)
    case "in":
      return testAt(node.path, compileMembership(node.values))
    case "exists":
      return testAt(node.path, (value) => value !== undefined)
    case "type": {
      const { type } = node
      return testAt(node.path, (value) => value !== undefined && kindOf(value) === type)
    }
    case "regex": {
      const matches = compileRegex(parseRegex(node.pattern, node.flags))
      return testAt(node.path, (value) => typeof value === "string" && matches(value))
    }
    case "startsWith": {
      const { prefix } = node
      return testAt(node.path, (value) => typeof value === "string" && value.startsWith(prefix))
    }
    case "mod":
      return testAt(node.path, compileMod(node))
    case "contains":
      return testAt(node.path, anyElement(compileMembership(node.values)))
    case "size": {
      const { size } = node
      return testAt(node.path, (value) => Array.isArray(value) && value.length === size)
    }
    case "elemMatch":
      return testAt(node.path, compileElemMatch(node))
    case "and":
      return compileAnd(cheapestFirst(node.filters).map(compileFilter))
    case "or":
      return compileOr(cheapestFirst(node.filters).map(compileFilter))
    case "not": {
      const holds = compileFilter(node.filter)
      return (document) => !holds(document)
    }
    default:
      return assertNever(node)
  }
}

/** Compiles what `$elemMatch` and `$pull` ask of one element. */
export function compileElementFilter({ of, filter }: ElementFilter): (element: Value) => boolean {
  const holds = compileFilter(filter)
  return of === "values" ? holds : (element) => holds(element) && isObject(element)
}

/** For objects the filter is asked first: it is the cheaper question, and mostly says no. */
function compileElemMatch({ of, filter }: ElementFilter): ValueTest {
  const holds = compileFilter(filter)
  if (of === "values") return anyElement(holds)
  return (value) => {
    if (!Array.isArray(value)) return false
    for (let i = 0; i < value.length; i++) if (holds(value[i]) && isObject(value[i])) return true
    return false
  }
}

function isObject(value: Value): boolean {
  return kindOf(value) === "object"
}

function compileComparison({ operator, path, value }: CompareNode): Predicate {
  if (operator !== "eq") return testAt(path, compileRange(operator, value))
  const direct = typeof value === "string" || typeof value === "boolean" ? equalityAt(path, value) : undefined
  return direct ?? testAt(path, compileEquality(value))
}

function anyElement(test: (element: Value) => boolean): ValueTest {
  return (value) => {
    if (!Array.isArray(value)) return false
    for (let i = 0; i < value.length; i++) if (test(value[i])) return true
    return false
  }
}

function compileAnd(predicates: readonly Predicate[]): Predicate {
  const [first, second, ...more] = predicates
  if (first !== undefined && second !== undefined && more.length === 0)
    return (document) => first(document) && second(document)
  return (document) => {
    for (let i = 0; i < predicates.length; i++) if (!(predicates[i] as Predicate)(document)) return false
    return true
  }
}

function compileOr(predicates: readonly Predicate[]): Predicate {
  const [first, second, ...more] = predicates
  if (first !== undefined && second !== undefined && more.length === 0)
    return (document) => first(document) || second(document)
  return (document) => {
    for (let i = 0; i < predicates.length; i++) if ((predicates[i] as Predicate)(document)) return true
    return false
  }
}
