import {
  and,
  compare,
  type ElementFilter,
  type FieldPath,
  type FilterNode,
  matchAll,
  not,
  or,
} from "../ast/filter.ts"
import { contentOf, isParsedKey } from "../ast/parsed-filter.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { isNativeValue } from "../values/native-value.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { filterOperators, isFilterOperator, parseOperator } from "./filter-operators.ts"
import { descend, documentScope, type FilterScope } from "./filter-scope.ts"
import type { NestedParsers } from "./operator-call.ts"
import { parseFilterPath } from "./parse-filter-path.ts"
import { parseNode } from "./parse-node.ts"
import { parseArray, parseOperand } from "./parse-operand.ts"
import { parseText, refuseText } from "./parse-text.ts"
import { refuseOperator } from "./refuse-operator.ts"
import { isSpecifiedFilter, type SpecifiedFilter, specificationName } from "./specified-filter.ts"

/**
 * Reads a Mongo-style filter object into the AST. Throws `invalid-argument` with the path for whatever is not in the language,
 * at any depth: nothing is dropped in silence.
 */
export function parseFilter(filter: unknown, context: CallContext): FilterNode {
  return parseFields(filter, documentScope(context))
}

/** What stands at a path: operators where a key of the object begins with `$`, else a value. */
export function parseCondition(path: string, condition: unknown, context: CallContext): FilterNode {
  const scope = documentScope(context)
  return parseAt(parseFilterPath(path, scope), path, condition, scope)
}

/**
 * Reads what is asked of an array's elements, as `$elemMatch` and `$pull` have it: an object of operators asks every element, an object of fields
 * the elements that are objects; any other value asks for elements equal to it.
 */
export function parseElementFilter(operand: unknown, key: string, context: CallContext): ElementFilter {
  const scope = documentScope(context)
  if (isPlainObject(operand) && !isNativeValue(operand)) return parseElement(operand, key, scope)
  return Object.freeze({ of: "values", filter: compare("eq", [], parseOperand(operand, [], key, scope)) })
}

const nested: NestedParsers = { operators: parseOperators, element: parseElement }

/** What stands beside the fields of a filter. */
export const groupParsers = {
  $and: (operand, scope) => and(parseGroup("$and", operand, scope, {})),
  $or: (operand, scope) => or(parseGroup("$or", operand, scope, { conjunctive: false })),
  $nor: (operand, scope) => not(or(parseGroup("$nor", operand, scope, { conjunctive: false }))),
  $text: parseText,
} as const satisfies Record<string, (operand: unknown, scope: FilterScope) => FilterNode>

function parseGroup(
  group: string,
  operand: unknown,
  scope: FilterScope,
  change: { readonly conjunctive?: boolean },
): FilterNode[] {
  const deeper = descend(scope, group, change)
  return parseArray(operand, group, group, scope).map((filter) => parseFields(filter, deeper))
}

/** Reads a filter object where it stands. */
export function parseFields(filter: unknown, scope: FilterScope): FilterNode {
  if (isSpecifiedFilter(filter)) return parseSpecified(filter, scope)
  if (!isPlainObject(filter)) throw argumentError(scope.context, "", filterProblem(filter))
  return conjunction(Object.keys(filter).map((key) => parseEntry(key, filter[key], scope)))
}

function filterProblem(filter: unknown): string {
  if (typeof filter === "string")
    return 'a filter is a plain object, such as { name: "Ada" }; {} matches all, get(id) takes an _id'
  const name = className(filter)
  return name === undefined
    ? "a filter is a plain object; {} matches all"
    : `${name} is no filter: a filter is a plain object, or of a class that extends Specification and has toFilter()`
}

/** The name of an object's class; undefined for what is no instance of one. */
function className(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined
  return (value.constructor as { name?: string } | undefined)?.name || undefined
}

/** Errors inside name the specification beside the call. */
function parseSpecified(specification: SpecifiedFilter, scope: FilterScope): FilterNode {
  const name = specification[specificationName]
  if (isPlainObject(specification)) {
    const problem =
      "a specification is not spread; write specification.and({ … }), or { $and: [specification, { … }] }"
    throw argumentError(scope.context, scope.within, problem)
  }
  if (name === "") return parseFields(specification.toFilter(), scope)
  const context = { ...scope.context, operation: `${scope.context.operation} (${name})` }
  if (typeof specification.toFilter !== "function")
    throw argumentError(context, "", "cannot become a query: the specification has no toFilter()")
  return parseFields(specification.toFilter(), { ...descend(scope, name), context })
}

const lost =
  "a filter that was read already (by parseFilter or a builder) does not survive JSON or a clone; keep a query by encodeAst and decodeAst, or save a specification"

/** A filter that was read before must still fit the place that it is put into. */
function placeParsed(value: unknown, scope: FilterScope): FilterNode {
  const content = typeof value === "object" && value !== null ? contentOf(value) : undefined
  // What somebody saved is not what the application allowed.
  if (content === undefined || ("json" in content && scope.allowed !== undefined))
    throw argumentError(scope.context, scope.within, lost)
  const node = "json" in content ? parseNode(content.json, scope.context) : content.node
  if (scope.within !== "")
    throw argumentError(scope.context, scope.within, "a parsed filter is over documents, not over elements")
  if (!scope.conjunctive) refuseText(node, scope)
  return node
}

function parseEntry(key: string, condition: unknown, scope: FilterScope): FilterNode {
  if (key.startsWith("$")) {
    if (isParsedKey(key)) return placeParsed(condition, scope)
    if (!Object.hasOwn(groupParsers, key))
      throw refuseOperator(key, scope.within, [...Object.keys(groupParsers), "and fields"], scope.context)
    refuseUnlisted("operators", key, scope)
    return groupParsers[key as keyof typeof groupParsers](condition, scope)
  }
  const path = parseFilterPath(key, scope)
  const whole = scope.within === "" ? key : `${scope.within}.${key}`
  refuseUnlisted("paths", whole, scope)
  return parseAt(path, whole, condition, scope)
}

function parseAt(path: FieldPath, key: string, condition: unknown, scope: FilterScope): FilterNode {
  if (!hasOperators(condition)) return compare("eq", path, parseOperand(condition, path, key, scope))
  return parseOperators(condition, path, key, scope)
}

/** Whether a condition is an object of operators: one of its keys begins with `$`. */
export function hasOperators(condition: unknown): condition is Record<string, unknown> {
  return isPlainObject(condition) && Object.keys(condition).some((name) => name.startsWith("$"))
}

function parseOperators(
  operators: Record<string, unknown>,
  path: FieldPath,
  key: string,
  scope: FilterScope,
): FilterNode {
  const { context } = scope
  const { $options: options, ...others } = operators
  if (Object.hasOwn(operators, "$options") && !Object.hasOwn(others, "$regex"))
    throw argumentError(context, `${key}.$options`, "stands beside $regex only")
  return conjunction(
    Object.keys(others).map((operator) => {
      if (!operator.startsWith("$")) {
        throw argumentError(
          context,
          `${key}.${operator}`,
          "fields and operators cannot be mixed; compare a whole object with $eq, or a nested field by its dotted path",
        )
      }
      if (!isFilterOperator(operator))
        throw refuseOperator(operator, key, Object.keys(filterOperators), context)
      refuseUnlisted("operators", operator, scope)
      return parseOperator(operator, {
        operator,
        operand: others[operator],
        options,
        path,
        key,
        scope,
        nested,
      })
    }),
  )
}

function parseElement(operand: Record<string, unknown>, key: string, scope: FilterScope): ElementFilter {
  const deeper = descend(scope, key, { within: key, conjunctive: false })
  const names = Object.keys(operand)
  const asksValues = names.some((name) => name.startsWith("$") && !Object.hasOwn(groupParsers, name))
  return Object.freeze(
    asksValues
      ? { of: "values", filter: parseOperators(operand, [], key, deeper) }
      : { of: "objects", filter: parseFields(operand, deeper) },
  )
}

/** Input from outside uses nothing but what the application has named. */
function refuseUnlisted(list: "operators" | "paths", name: string, { allowed, context }: FilterScope): void {
  if (allowed === undefined || allowed[list].has(name)) return
  throw argumentError(
    context,
    name,
    `is not allowed here; allowed ${list}: ${[...allowed[list]].join(" ") || "none"}`,
  )
}

function conjunction(filters: readonly FilterNode[]): FilterNode {
  return filters.length === 1 ? (filters[0] as FilterNode) : filters.length === 0 ? matchAll : and(filters)
}
