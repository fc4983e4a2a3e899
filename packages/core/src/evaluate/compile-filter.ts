import { assertNever, type Value } from "@nosql/contracts"
import type { CompareNode, FieldPath, FilterNode } from "../ast/filter.ts"
import { compareSameKind, equalValues } from "../values/compare-values.ts"
import { getField, getPath } from "../values/get-path.ts"

export type Predicate = (document: Value) => boolean

/** Compiles a filter once into a closure that is run for each document. No code is generated, so it runs under any CSP. */
export function compileFilter(node: FilterNode): Predicate {
  switch (node.kind) {
    case "true":
      return () => true
    case "false":
      return () => false
    case "compare":
      return compileComparison(node)
    case "in": {
      const read = reader(node.path)
      const { values } = node
      return (document) => {
        const value = read(document) ?? null // `$in: [null]` matches missing
        return values.some((operand) => equalValues(value, operand))
      }
    }
    case "exists": {
      const read = reader(node.path)
      return (document) => read(document) !== undefined
    }
    case "and": {
      const predicates = node.filters.map(compileFilter)
      return (document) => predicates.every((holds) => holds(document))
    }
    case "or": {
      const predicates = node.filters.map(compileFilter)
      return (document) => predicates.some((holds) => holds(document))
    }
    case "not": {
      const holds = compileFilter(node.filter)
      return (document) => !holds(document)
    }
    default:
      return assertNever(node)
  }
}

function reader(path: FieldPath): (document: Value) => Value | undefined {
  const [only] = path
  if (path.length === 1 && only !== undefined) return (document) => getField(document, only)
  return (document) => getPath(document, path)
}

function compileComparison(node: CompareNode): Predicate {
  const read = reader(node.path)
  const { value: operand, operator } = node
  if (operator === "eq") {
    if (operand === null) return (document) => (read(document) ?? null) === null
    return (document) => {
      const value = read(document)
      return value !== undefined && equalValues(value, operand)
    }
  }
  const holds = rangeTests[operator]
  return (document) => {
    const value = read(document)
    if (value === undefined) return false
    const order = compareSameKind(value, operand)
    return order !== undefined && holds(order)
  }
}

const rangeTests = {
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
} as const satisfies Record<Exclude<CompareNode["operator"], "eq">, (order: number) => boolean>
