import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import { assertNever, type TypeName, type Value } from "@nosql/contracts"
import {
  type CompareNode,
  type FieldPath,
  type FilterNode,
  isNativeValue,
  rangesOn,
} from "@nosql/core/driver"
import { dateKey } from "./attribute-names.ts"
import { allOf, anyOf, type Expression, maxInOperands, type NativePath, negated } from "./expression.ts"
import { nativePaths } from "./native-paths.ts"
import { encodeValue } from "./value-codec.ts"

interface CompiledFilter {
  /** Undefined: everything, as far as DynamoDB can tell. */
  readonly expression?: Expression
  /** False: it finds more than the portable filter, never less; core finishes. */
  readonly exact: boolean
}

const everything: CompiledFilter = { exact: true }
const superset: CompiledFilter = { exact: false }

/** Translates a folded filter into a condition for FilterExpression and ConditionExpression. */
export function compileFilter(node: FilterNode): CompiledFilter {
  switch (node.kind) {
    case "true":
      return everything
    case "false":
    case "text":
      return superset // core answers the first itself, and refuses the second
    case "compare":
      return node.operator === "eq" ? compileMembership(node.path, [node.value]) : compileRange(node)
    case "in":
      return compileMembership(node.path, node.values)
    case "exists":
      return somewhere(node.path, (path) => call("attribute_exists", path))
    case "type":
      return somewhere(node.path, (path) => hasType(path, node.type))
    case "startsWith":
      return somewhere(node.path, (path) => call("begins_with", path, { S: node.prefix }))
    case "regex":
      return atLeast(regexHead(node))
    case "mod":
      return atLeast(somewhere(node.path, (path) => hasType(path, "number")))
    case "contains":
      return compileContains(node.path, node.values)
    case "size":
      return somewhere(node.path, (path) =>
        both(hasType(path, "array"), { kind: "size", path, size: node.size }),
      )
    case "elemMatch":
      return atLeast(somewhere(node.path, (path) => hasType(path, "array")))
    case "and":
      return compileAnd(node.filters)
    case "or":
      return compileOr(node.filters)
    case "not": {
      // The complement of a superset would lose documents, so only exact filters are negated.
      const { expression, exact } = compileFilter(node.filter)
      return exact && expression !== undefined ? { expression: negated(expression), exact } : superset
    }
    default:
      return assertNever(node)
  }
}

/** What fits is kept; without the rest more is found. */
function compileAnd(filters: readonly FilterNode[]): CompiledFilter {
  const parts = filters.map(compileFilter)
  const expression = allOf(parts.flatMap((part) => part.expression ?? []))
  return compiled(
    expression,
    parts.every(({ exact }) => exact),
  )
}

function compileOr(filters: readonly FilterNode[]): CompiledFilter {
  const parts = filters.map(compileFilter)
  const arms = parts.flatMap((part) => part.expression ?? [])
  if (arms.length < parts.length) return superset
  return compiled(
    anyOf(arms),
    parts.every(({ exact }) => exact),
  )
}

function compiled(expression: Expression | undefined, exact: boolean): CompiledFilter {
  return expression === undefined ? { exact } : { expression, exact }
}

function atLeast({ expression }: CompiledFilter): CompiledFilter {
  return compiled(expression, false)
}

/** A test that holds at one of the places that the path may mean, and only of what is there. */
function somewhere(path: FieldPath, test: (path: NativePath) => Expression): CompiledFilter {
  const expression = anyOf((nativePaths(path) ?? []).map(test))
  return expression === undefined ? superset : { expression, exact: true }
}

/** Equality with one of several values: null also means missing. Native values are equal by their text, which DynamoDB does not know. */
function compileMembership(path: FieldPath, values: readonly Value[]): CompiledFilter {
  const paths = nativePaths(path)
  if (paths === undefined || !values.every(isStorable)) return superset
  const others = values.filter((value) => value !== null).map(encodeValue)
  const arms = paths.flatMap((place) => equalsOneOf(place, others))
  if (others.length < values.length) {
    const absent = allOf(paths.map((place) => isNull(place)))
    if (absent !== undefined) arms.unshift(absent)
  }
  return compiled(anyOf(arms), !values.some(holdsNative))
}

function isNull(path: NativePath): Expression {
  return {
    kind: "or",
    arms: [call("attribute_not_exists", path), call("attribute_type", path, { S: "NULL" })],
  }
}

function equalsOneOf(path: NativePath, values: readonly AttributeValue[]): Expression[] {
  const [only] = values
  if (values.length === 1 && only !== undefined)
    return [{ kind: "compare", operator: "=", path, value: only }]
  const arms: Expression[] = []
  for (let start = 0; start < values.length; start += maxInOperands)
    arms.push({ kind: "in", path, values: values.slice(start, start + maxInOperands) })
  return arms
}

const rangeOperators = { gt: ">", gte: ">=", lt: "<", lte: "<=" } as const

/** DynamoDB compares values of the operand's type only, as the language does; a date is compared as the number that it is stored as. */
function compileRange({ path, operator, value }: CompareNode): CompiledFilter {
  if (operator === "eq" || !isStorable(value)) return superset
  const stored = value instanceof Date ? { N: String(value.getTime()) } : encodeValue(value)
  return somewhere(path, (place) => ({
    kind: "compare",
    operator: rangeOperators[operator],
    path: value instanceof Date ? [...place, dateKey] : place,
    value: stored,
  }))
}

/** What every match of a pattern begins with, where that is known; else that it is a string. */
function regexHead(node: FilterNode & { readonly kind: "regex" }): CompiledFilter {
  const ranges = rangesOn(node, node.path)
  return ranges.length === 0 ? somewhere(node.path, (path) => hasType(path, "string")) : compileAnd(ranges)
}

/** `contains` also finds parts of strings and members of sets, so the list is asked for as well. */
function compileContains(path: FieldPath, values: readonly Value[]): CompiledFilter {
  if (!values.every(isStorable)) return superset
  const encoded = values.map(encodeValue)
  const compiledTest = somewhere(path, (place) => {
    const holds = anyOf(encoded.map((value) => call("contains", place, value)))
    return both(hasType(place, "array"), holds)
  })
  return values.some(holdsNative) ? atLeast(compiledTest) : compiledTest
}

const attributeTypes = {
  string: "S",
  number: "N",
  boolean: "BOOL",
  null: "NULL",
  binary: "B",
  array: "L",
} as const satisfies Partial<Record<TypeName, string>>

/** A date is a map of one reserved key, and no object. */
function hasType(path: NativePath, type: TypeName): Expression {
  if (type === "date") return call("attribute_exists", [...path, dateKey])
  if (type === "object") {
    return both(call("attribute_type", path, { S: "M" }), call("attribute_not_exists", [...path, dateKey]))
  }
  return call("attribute_type", path, { S: attributeTypes[type] })
}

function call(
  name: (Expression & { readonly kind: "call" })["name"],
  path: NativePath,
  value?: AttributeValue,
): Expression {
  return { kind: "call", name, path, ...(value === undefined ? {} : { value }) }
}

function both(a: Expression, b: Expression | undefined): Expression {
  return b === undefined ? a : { kind: "and", arms: [a, b] }
}

function holdsNative(value: Value): boolean {
  if (typeof value !== "object" || value === null) return false
  if (isNativeValue(value)) return true
  return Array.isArray(value)
    ? value.some(holdsNative)
    : isMap(value) && Object.values(value).some(holdsNative)
}

function isMap(value: Value): boolean {
  return !(value instanceof Date) && !(value instanceof Uint8Array)
}

/** No item is larger, so that no stored value is equal to a larger one; and a request takes 2 MB of values in all. */
const maxOperandLength = 100_000

function isStorable(value: Value): boolean {
  if (typeof value === "string" || value instanceof Uint8Array) return value.length <= maxOperandLength
  return typeof value !== "object" || value === null || !Array.isArray(value) || value.length <= 1000
}
