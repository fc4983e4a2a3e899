import { assertNever, type Value } from "@nosql/contracts"
import type { ElementFilter, FieldPath, FilterNode } from "../ast/filter.ts"
import { compileRegex } from "../regex/compile-regex.ts"
import { parseRegex } from "../regex/parse-regex.ts"
import { kindOf } from "../values/compare-values.ts"
import { compileEquality, compileRange, type ValueTest } from "./compile-comparison.ts"
import { compileMembership } from "./compile-membership.ts"
import { compileMod } from "./compile-mod.ts"
import { compileReader } from "./compile-reader.ts"

export type Predicate = (document: Value) => boolean

/** Compiles a filter once into a closure that is run for each document. No code is generated, so it runs under any CSP. */
export function compileFilter(node: FilterNode): Predicate {
  switch (node.kind) {
    case "true":
    case "text": // conjunctive and answered by the store: whatever came from there matches
      return () => true
    case "false":
      return () => false
    case "compare":
      return at(
        node.path,
        node.operator === "eq" ? compileEquality(node.value) : compileRange(node.operator, node.value),
      )
    case "in":
      return at(node.path, compileMembership(node.values))
    case "exists":
      return at(node.path, (value) => value !== undefined)
    case "type": {
      const { type } = node
      return at(node.path, (value) => value !== undefined && kindOf(value) === type)
    }
    case "regex": {
      const matches = compileRegex(parseRegex(node.pattern, node.flags))
      return at(node.path, (value) => typeof value === "string" && matches(value))
    }
    case "startsWith": {
      const { prefix } = node
      return at(node.path, (value) => typeof value === "string" && value.startsWith(prefix))
    }
    case "mod":
      return at(node.path, compileMod(node))
    case "contains":
      return at(node.path, anyElement(compileMembership(node.values)))
    case "size": {
      const { size } = node
      return at(node.path, (value) => Array.isArray(value) && value.length === size)
    }
    case "elemMatch":
      return at(node.path, anyElement(compileElementFilter(node)))
    case "and":
      return compileAnd(node.filters.map(compileFilter))
    case "or":
      return compileOr(node.filters.map(compileFilter))
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
  return of === "values" ? holds : (element) => kindOf(element) === "object" && holds(element)
}

function at(path: FieldPath, test: ValueTest): Predicate {
  const read = compileReader(path)
  return (document) => test(read(document))
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
