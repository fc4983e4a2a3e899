import { assertNever, type TypeName, type Value } from "@nosql/contracts"
import { type FieldPath, type FilterNode, formatPath, isIdPath, not, rangesOn } from "@nosql/core/driver"
import { compileComplement } from "./compile-complement.ts"
import { compileRange } from "./compile-range.ts"
import {
  allOf,
  anyOf,
  type CompiledFilter,
  everything,
  exactly,
  nothing,
  superset,
} from "./compiled-filter.ts"
import { declaredFacts } from "./declared-facts.ts"
import type { FirestoreCollection } from "./firestore-collection.ts"
import { idProblem } from "./id-problem.ts"
import { where } from "./native-query.ts"
import { testProblem } from "./path-problem.ts"
import { firstDate } from "./storable-date.ts"
import { isStorable, isTooLongForIndex } from "./storable-value.ts"
import type { TestNode } from "./test-node.ts"

/** A folded filter in Firestore's words: exact, or a superset whose `reason` says what core finishes. Limits of a whole query are not looked at here. */
export function compileFilter(node: FilterNode, collection: FirestoreCollection): CompiledFilter {
  switch (node.kind) {
    case "true":
      return everything
    case "false":
      return nothing
    case "and":
      return allOf(node.filters.map((filter) => compileFilter(filter, collection)))
    case "or":
      return anyOf(node.filters.map((filter) => compileFilter(filter, collection)))
    case "not":
      return compileNot(node.filter, collection)
    case "text":
      return superset("Firestore has no text search")
    default:
      return compileTest(node, collection)
  }
}

/** De Morgan down to the single tests, of which alone Firestore has a complement. */
function compileNot(node: FilterNode, collection: FirestoreCollection): CompiledFilter {
  switch (node.kind) {
    case "true":
      return nothing
    case "false":
      return everything
    case "not":
      return compileFilter(node.filter, collection)
    case "and":
      return anyOf(node.filters.map((filter) => compileFilter(not(filter), collection)))
    case "or":
      return allOf(node.filters.map((filter) => compileFilter(not(filter), collection)))
    case "text":
      return superset("Firestore has no text search")
    default:
      return compileComplement(node, collection)
  }
}

function compileTest(node: TestNode, collection: FirestoreCollection): CompiledFilter {
  const { path } = node
  const problem = testProblem(path, collection)
  if (problem !== undefined) return superset(problem)
  switch (node.kind) {
    case "compare":
      return node.operator === "eq" ? compileEquality(path, [node.value], collection) : compileRange(node)
    case "in":
      return compileEquality(path, node.values, collection)
    case "exists":
      if (declaredFacts(collection, path).required) return everything
      return exactly({ kind: "or", filters: [where(path, "==", null), where(path, "!=", null)] })
    case "type":
      return compileType(path, node.type, collection)
    case "startsWith":
      return allOf(rangesOn(node, path).map(compileRange))
    case "regex":
      return finishedHere("$regex", rangesOn(node, path).map(compileRange))
    case "mod":
      return finishedHere("$mod", [compileType(path, "number", collection)])
    case "contains":
      return compileContains(path, node.values)
    case "size":
      return node.size === 0 ? exactly(where(path, "==", [])) : finishedHere("$size", [notEmpty(path)])
    case "elemMatch":
      return finishedHere("$elemMatch", [notEmpty(path)])
    default:
      return assertNever(node)
  }
}

/** Null finds what is missing too, which no index holds: it is sent only where the path is declared to be there. */
function compileEquality(
  path: FieldPath,
  values: readonly Value[],
  collection: FirestoreCollection,
): CompiledFilter {
  const name = formatPath(path)
  const possible = values.filter((value) => value !== null && isPossible(path, value))
  if (possible.some(isTooLongForIndex))
    return superset(`Firestore's indexes cut values at 1,500 bytes, and an operand at "${name}" is longer`)
  const listed = anyOf(possible.length === 0 ? [] : [exactly(equals(path, possible))])
  if (possible.length === values.length || !values.includes(null)) return listed
  if (!declaredFacts(collection, path).required)
    return superset(
      `null also finds what lacks "${name}", which no index holds; declare it in \`fields\` without ?`,
    )
  return anyOf([listed, exactly(where(path, "==", null))])
}

function isPossible(path: FieldPath, value: Value): boolean {
  if (isIdPath(path)) return typeof value === "string" && idProblem(value) === undefined
  return isStorable(value)
}

function equals(path: FieldPath, values: readonly Value[]) {
  const [only] = values
  return values.length === 1 && only !== undefined ? where(path, "==", only) : where(path, "in", values)
}

/** The least value of each kind: a range from it has all of its kind, because ranges keep to one. */
const least = {
  string: "",
  number: -(2 ** 63),
  date: firstDate,
  binary: new Uint8Array(),
  array: [],
  object: {},
} as const satisfies Record<Exclude<TypeName, "null" | "boolean">, Value>

function compileType(path: FieldPath, type: TypeName, collection: FirestoreCollection): CompiledFilter {
  const { kind, required, nullable } = declaredFacts(collection, path)
  if (type === "null") return exactly(where(path, "==", null))
  if (kind !== undefined && kind !== type) return nothing
  if (kind === type && required && !nullable) return everything
  if (type === "boolean") return exactly(where(path, "in", [true, false]))
  return exactly(where(path, ">=", least[type]))
}

function notEmpty(path: FieldPath): CompiledFilter {
  return exactly(where(path, ">", []))
}

/** Null among the elements is not asked of Firestore: a search for it finds every array [run]. */
function compileContains(path: FieldPath, values: readonly Value[]): CompiledFilter {
  if (values.includes(null)) return finishedHere("$contains of null", [notEmpty(path)])
  const possible = values.filter(isStorable)
  if (possible.some(isTooLongForIndex)) return finishedHere("$contains of a long value", [notEmpty(path)])
  const [only] = possible
  if (only === undefined) return nothing
  return exactly(
    possible.length === 1 ? where(path, "array-contains", only) : where(path, "array-contains-any", possible),
  )
}

function finishedHere(operator: string, wider: readonly CompiledFilter[]): CompiledFilter {
  const { filter } = allOf(wider)
  return { filter, exact: false, reason: `${operator} is not Firestore's: it is asked in this process` }
}
