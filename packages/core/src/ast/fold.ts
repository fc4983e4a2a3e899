import { parseRegex } from "../regex/parse-regex.ts"
import { regexLiteral } from "../regex/regex-literal.ts"
import { absoluteInteger } from "../values/compare-values.ts"
import { distinctValues } from "../values/distinct-values.ts"
import {
  compare,
  contains,
  type ElemMatchNode,
  elemMatch,
  type FilterNode,
  isIn,
  matchAll,
  matchNone,
  not,
  type RegexNode,
  startsWith,
} from "./filter.ts"
import { foldAnd } from "./fold-and.ts"
import { foldOr } from "./fold-or.ts"

/**
 * Simplifies a filter without changing its meaning: constants, nested groups, double negation, duplicates, contradictions, `$in` of none and of one,
 * tests of a value that another test settles. Drivers see folded filters only, so no store ever meets an empty group.
 */
export function fold(node: FilterNode): FilterNode {
  switch (node.kind) {
    case "and":
      return foldAnd(node.filters.map(fold))
    case "or":
      return foldOr(node.filters.map(fold))
    case "not":
      return foldNot(fold(node.filter))
    case "in": {
      const values = distinctValues(node.values)
      if (values.length === 0) return matchNone
      return values.length === 1 ? compare("eq", node.path, values[0] ?? null) : isIn(node.path, values)
    }
    case "contains":
      return node.values.length === 0 ? matchNone : contains(node.path, distinctValues(node.values))
    case "elemMatch":
      return foldElemMatch(node)
    case "mod":
      return absoluteInteger(node.remainder) < absoluteInteger(node.divisor) ? node : matchNone
    case "regex":
      return foldRegex(node)
    default:
      return node
  }
}

/** De Morgan only where it helps: below `not(or)` are conditions that all hold, which planners can use one by one. */
function foldNot(filter: FilterNode): FilterNode {
  switch (filter.kind) {
    case "true":
      return matchNone
    case "false":
      return matchAll
    case "not":
      return filter.filter
    case "or":
      return foldAnd(filter.filters.map(foldNot))
    default:
      return not(filter)
  }
}

function foldElemMatch({ path, of, filter }: ElemMatchNode): FilterNode {
  const inner = fold(filter)
  if (inner.kind === "false") return matchNone
  if (of === "values" && inner.kind === "compare" && inner.operator === "eq")
    return contains(path, [inner.value])
  if (of === "values" && inner.kind === "in") return contains(path, inner.values)
  return elemMatch(path, { of, filter: inner })
}

/** A pattern that is a mere text, tied to the start, is a prefix or the whole string. */
function foldRegex(node: RegexNode): FilterNode {
  const literal = regexLiteral(parseRegex(node.pattern, node.flags))
  if (literal === undefined || !literal.atStart) return node
  return literal.atEnd ? compare("eq", node.path, literal.text) : startsWith(node.path, literal.text)
}
