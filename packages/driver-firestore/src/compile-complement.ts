import type { TypeName, Value } from "@nosql/contracts"
import {
  type CompareNode,
  compare,
  type FieldPath,
  formatPath,
  isIdPath,
  kindOf,
  rangesOn,
} from "@nosql/core/driver"
import { compileRange } from "./compile-range.ts"
import { anyOf, type CompiledFilter, everything, exactly, nothing, superset } from "./compiled-filter.ts"
import { declaredFacts } from "./declared-facts.ts"
import type { FirestoreCollection } from "./firestore-collection.ts"
import { where } from "./native-query.ts"
import { testProblem } from "./path-problem.ts"
import { isStorable, isTooLongForIndex } from "./storable-value.ts"
import type { TestNode } from "./test-node.ts"

/**
 * The complement of one test. It matches what is missing, which no index of Firestore holds, so that most complements need the path to be
 * declared as always there.
 */
export function compileComplement(node: TestNode, collection: FirestoreCollection): CompiledFilter {
  const problem = testProblem(node.path, collection)
  if (problem !== undefined) return superset(problem)
  switch (node.kind) {
    case "compare":
      return node.operator === "eq"
        ? differsFrom(node.path, [node.value], collection)
        : outsideOf([node], node.path, collection)
    case "in":
      return differsFrom(node.path, node.values, collection)
    case "startsWith":
      return outsideOf(rangesOn(node, node.path), node.path, collection)
    case "exists":
      return declaredFacts(collection, node.path).required ? nothing : unknowable(node.path)
    case "type":
      return isNoType(node.path, node.type, collection)
    default:
      return superset(`the complement of $${node.kind} is not Firestore's: it is asked in this process`)
  }
}

function unknowable(path: FieldPath): CompiledFilter {
  return superset(
    `it also finds what lacks "${formatPath(path)}", which no index holds; declare it in \`fields\` without ?`,
  )
}

/** `!=` and `not-in` leave out null and missing: both are told apart from any value by null among the values, else by the declaration. */
function differsFrom(
  path: FieldPath,
  values: readonly Value[],
  collection: FirestoreCollection,
): CompiledFilter {
  if (isIdPath(path)) return superset("Firestore is not asked for all ids but some")
  const { kind, required, nullable } = declaredFacts(collection, path)
  const others = values.filter((value) => value !== null && isStorable(value))
  const withoutNull = values.includes(null)
  if (!required && !withoutNull) return unknowable(path)
  if (others.some(isTooLongForIndex))
    return superset(
      `Firestore's indexes cut values at 1,500 bytes, and an operand at "${formatPath(path)}" is longer`,
    )
  const open = kind === undefined ? others : others.filter((value) => kindOf(value) === kind)
  const different = differsFromAll(path, open, kind === "boolean")
  if (withoutNull && !required) return open.length === 0 ? exactly(where(path, "!=", null)) : different
  if (withoutNull && nullable && open.length === 0) return exactly(where(path, "!=", null))
  if (withoutNull || !nullable) return different
  return anyOf([different, exactly(where(path, "==", null))])
}

function differsFromAll(path: FieldPath, values: readonly Value[], boolean: boolean): CompiledFilter {
  const [only] = values
  if (only === undefined) return everything
  // Of two values one is left: an equality needs no index of its own, and there may be many of them.
  if (boolean) return values.length === 1 ? exactly(where(path, "==", !only)) : nothing
  if (values.length === 1) return exactly(where(path, "!=", only))
  if (values.length <= 10) return exactly(where(path, "not-in", values))
  return superset("Firestore's not-in takes 10 values")
}

const opposites = { gt: "lte", gte: "lt", lt: "gte", lte: "gt" } as const

/** What lies in none of some ranges that hold together: of the declared kind, null, or missing. */
function outsideOf(
  ranges: readonly CompareNode[],
  path: FieldPath,
  collection: FirestoreCollection,
): CompiledFilter {
  const { kind, required, nullable } = declaredFacts(collection, path)
  if (!required) return unknowable(path)
  if (ranges.some(({ value }) => kindOf(value) !== kind)) return everything
  const outside = ranges.flatMap(({ operator, value }) =>
    operator === "eq" ? [] : [compileRange(compare(opposites[operator], path, value))],
  )
  return anyOf(nullable ? [...outside, exactly(where(path, "==", null))] : outside)
}

function isNoType(path: FieldPath, type: TypeName, collection: FirestoreCollection): CompiledFilter {
  const { kind, required, nullable } = declaredFacts(collection, path)
  if (kind !== undefined && type !== kind && type !== "null") return everything
  if (!required) return unknowable(path)
  if (type === "null") return nullable ? exactly(where(path, "!=", null)) : everything
  return nullable ? exactly(where(path, "==", null)) : nothing
}
