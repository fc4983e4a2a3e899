import {
  type CompareNode,
  type ContainsNode,
  compare,
  type FieldPath,
  type FilterNode,
  type InNode,
} from "../ast/filter.ts"
import { samePath } from "../ast/path.ts"
import { parseRegex } from "../regex/parse-regex.ts"
import { regexHead } from "../regex/regex-literal.ts"
import { prefixBounds } from "../values/prefix-bounds.ts"

/** The conditions that all hold: the arms of a conjunction, or the one node. */
export function conjuncts(filter: FilterNode): readonly FilterNode[] {
  return filter.kind === "and" ? filter.filters : filter.kind === "true" ? [] : [filter]
}

/** The condition that fixes a path to one value or to a few: `$eq` or `$in`. */
export function equalityOn(filter: FilterNode, path: FieldPath): CompareNode | InNode | undefined {
  if (filter.kind === "and")
    return filter.filters.find((node): node is CompareNode | InNode => isEqualityOn(node, path))
  return isEqualityOn(filter, path) ? filter : undefined
}

function isEqualityOn(node: FilterNode, path: FieldPath): node is CompareNode | InNode {
  return isEquality(node) && samePath(node.path, path)
}

/** The condition that an array at a path holds one of some values. */
export function containsOn(filter: FilterNode, path: FieldPath): ContainsNode | undefined {
  return conjuncts(filter).find((node): node is ContainsNode => {
    return node.kind === "contains" && samePath(node.path, path)
  })
}

/** Whether a condition on the path says that something is there: each does but those that null fulfils, since what is missing is equal to it. */
export function impliesPresence(filter: FilterNode, path: FieldPath): boolean {
  return conjuncts(filter).some(
    (node) => "path" in node && samePath(node.path, path) && !isFulfilledByNull(node),
  )
}

function isFulfilledByNull(node: FilterNode): boolean {
  return node.kind === "in" ? node.values.includes(null) : node.kind === "compare" && node.value === null
}

export function isEquality(node: FilterNode): node is CompareNode | InNode {
  return node.kind === "in" || (node.kind === "compare" && node.operator === "eq")
}

/**
 * The ranges in which the value at a path lies, for an index to walk: those of the filter, those of a prefix, and those of what every match of a
 * pattern begins with. The filter may ask for less than lies in them, never for more.
 */
export function rangesOn(filter: FilterNode, path: FieldPath): readonly CompareNode[] {
  return conjuncts(filter).flatMap((node) => {
    return "path" in node && samePath(node.path, path) ? rangesOf(node) : []
  })
}

export function rangesOf(node: FilterNode): readonly CompareNode[] {
  switch (node.kind) {
    case "compare":
      return node.operator === "eq" ? [] : [node]
    case "startsWith":
      return prefixRanges(node.path, node.prefix)
    case "regex": {
      const head = regexHead(parseRegex(node.pattern, node.flags))
      return head === undefined || head.prefix === "" ? [] : prefixRanges(node.path, head.prefix)
    }
    default:
      return []
  }
}

function prefixRanges(path: FieldPath, prefix: string): readonly CompareNode[] {
  const { low, high } = prefixBounds(prefix)
  const from = compare("gte", path, low)
  return high === undefined ? [from] : [from, compare("lt", path, high)]
}
