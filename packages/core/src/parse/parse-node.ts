import { NoSQLError, type Value } from "@nosql/contracts"
import { decodeAst } from "../ast/codec.ts"
import {
  and,
  elemMatch,
  type FieldPath,
  type FilterNode,
  matchAll,
  matchNone,
  not,
  or,
} from "../ast/filter.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { isFilterOperator, parseOperator } from "./filter-operators.ts"
import { descend, documentScope, type FilterScope } from "./filter-scope.ts"
import type { NestedParsers } from "./operator-call.ts"
import { parseFilterPath } from "./parse-filter-path.ts"
import { parseArray } from "./parse-operand.ts"
import { parseText } from "./parse-text.ts"

type Fields = Readonly<Record<string, unknown>>

interface NodeScope extends FilterScope {
  /** Below an `elemMatch` of values: the empty path is the element. */
  readonly ofValues: boolean
}

/**
 * Reads a filter's AST from the JSON that `encodeAst` made of it. It may come from outside: each node is built anew by the table that
 * reads filters, so that nothing passes that a filter could not say.
 */
export function parseNode(json: unknown, context: CallContext): FilterNode {
  return parseKind(decode(json, context), { ...documentScope(context), ofValues: false })
}

function decode(json: unknown, context: CallContext): unknown {
  try {
    return decodeAst<Value>(JSON.stringify(json))
  } catch (cause) {
    const problem = NoSQLError.isInstance(cause) ? cause.message : "holds a value that cannot be read"
    throw argumentError(context, "", problem)
  }
}

/** Nodes that hold others. */
const groups = {
  true: () => matchAll,
  false: () => matchNone,
  and: ({ filters }, scope) => and(parseAll(filters, "and", descend(scope, "and"))),
  or: ({ filters }, scope) => or(parseAll(filters, "or", descend(scope, "or", { conjunctive: false }))),
  not: ({ filter }, scope) => not(parseKind(filter, descend(scope, "not", { conjunctive: false }))),
  elemMatch: parseElements,
  text: parseTextNode,
} as const satisfies Partial<Record<FilterNode["kind"], (node: Fields, scope: NodeScope) => FilterNode>>

/** How the operators of a filter say what a node says. */
const leaves = {
  compare: ({ operator, value }) => [typeof operator === "string" ? `$${operator}` : "", value],
  in: ({ values }) => ["$in", values],
  exists: () => ["$exists", true],
  type: ({ type }) => ["$type", type],
  regex: ({ pattern }) => ["$regex", pattern],
  startsWith: ({ prefix }) => ["$startsWith", prefix],
  mod: ({ divisor, remainder }) => ["$mod", [divisor, remainder]],
  contains: ({ values }) => ["$containsAny", values],
  size: ({ size }) => ["$size", size],
} as const satisfies Record<
  Exclude<FilterNode["kind"], keyof typeof groups>,
  (node: Fields) => readonly [operator: string, operand: unknown]
>

function parseKind(node: unknown, scope: NodeScope): FilterNode {
  const kind = isPlainObject(node) ? node["kind"] : undefined
  if (!isPlainObject(node) || typeof kind !== "string") throw unknownNode(scope)
  if (Object.hasOwn(groups, kind)) {
    const parse: (node: Fields, scope: NodeScope) => FilterNode = groups[kind as keyof typeof groups]
    return parse(node, scope)
  }
  if (Object.hasOwn(leaves, kind)) return parseLeaf(node, kind as keyof typeof leaves, scope)
  throw unknownNode(scope)
}

function unknownNode({ context }: FilterScope): NoSQLError {
  const kinds = [...Object.keys(groups), ...Object.keys(leaves)].join(" ")
  return argumentError(context, "", `takes what toJSON gave: an object with a kind out of ${kinds}`)
}

function parseAll(filters: unknown, kind: string, scope: NodeScope): FilterNode[] {
  return parseArray(filters, kind, kind, scope).map((filter) => parseKind(filter, scope))
}

function parseLeaf(node: Fields, kind: keyof typeof leaves, scope: NodeScope): FilterNode {
  const [operator, operand] = leaves[kind](node)
  const { path, key } = parseNodePath(node, scope)
  if (!isFilterOperator(operator) || (kind === "compare" && !/^\$(eq|[gl]te?)$/.test(operator)))
    throw argumentError(scope.context, key, "an operator of a comparison is one of eq gt gte lt lte")
  return parseOperator(operator, {
    operator,
    operand,
    options: node["flags"],
    path,
    key,
    scope,
    nested: noNesting,
  })
}

/** `$not` and `$elemMatch` are nodes of their own here. */
const noNesting: NestedParsers = { operators: refuseNesting, element: refuseNesting }

function refuseNesting(): never {
  throw new Error("a leaf holds no conditions")
}

function parseElements({ of, filter, ...node }: Fields, scope: NodeScope): FilterNode {
  const { path, key } = parseNodePath(node, scope)
  if (of !== "objects" && of !== "values")
    throw argumentError(scope.context, key, 'an elemMatch is of "objects" or "values"')
  const within = scope.within === "" ? key : `${scope.within}.${key}`
  const inner = {
    ...scope,
    ...descend(scope, key, { within, conjunctive: false }),
    ofValues: of === "values",
  }
  return elemMatch(path, { of, filter: parseKind(filter, inner) })
}

function parseNodePath({ path }: Fields, scope: NodeScope): { path: FieldPath; key: string } {
  if (!Array.isArray(path) || !path.every((segment) => typeof segment === "string"))
    throw argumentError(scope.context, "", "a path is an array of names")
  const key = path.join(".")
  if (path.length === 0 && scope.ofValues) return { path: [], key: scope.within }
  return { path: parseFilterPath(key, scope), key }
}

function parseTextNode({ search, ...options }: Fields, scope: FilterScope): FilterNode {
  const { kind: _, ...named } = options
  const operators = Object.entries(named).map(([name, value]) => [`$${name}`, value])
  return parseText({ ...Object.fromEntries(operators), $search: search }, scope)
}
