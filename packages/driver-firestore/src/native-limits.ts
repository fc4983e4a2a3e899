import { type CollectionInfo, type FieldPath, formatPath, isIdPath, samePath } from "@nosql/core/driver"
import { declaredFacts } from "./declared-facts.ts"
import { alternativesOf, conditionsOf, countAlternatives } from "./dnf.ts"
import type { NativeFilter, Where, WhereOperator } from "./native-query.ts"

/** https://firebase.google.com/docs/firestore/query-data/queries#limits_on_or_queries */
const maxAlternatives = 30

const inequalities: ReadonlySet<WhereOperator> = new Set(["<", "<=", ">", ">=", "!=", "not-in"])
const lists: ReadonlySet<WhereOperator> = new Set(["in", "array-contains-any"])

export function isInequality({ operator }: Where): boolean {
  return inequalities.has(operator)
}

export function isContains({ operator }: Where): boolean {
  return operator === "array-contains" || operator === "array-contains-any"
}

/** The fields of `!=`, `not-in` and ranges: Firestore orders by them, and so leaves out what lacks one. */
export function inequalityPaths(filters: readonly NativeFilter[]): readonly FieldPath[] {
  const paths = new Map(
    conditionsOf(filters)
      .filter(isInequality)
      .map(({ path }) => [formatPath(path), path]),
  )
  return [...paths.keys()].sort().map((name) => paths.get(name) as FieldPath)
}

/** Why one query may not have these filters together, or would not mean what they say; undefined where it may. */
export function nativeProblem(
  filters: readonly NativeFilter[],
  collection: CollectionInfo,
): string | undefined {
  if (countAlternatives(filters) > maxAlternatives)
    return `Firestore makes at most ${maxAlternatives} alternatives of a query`
  const all = conditionsOf(filters)
  if (all.length > 90) return "Firestore takes at most 100 conditions and sort keys"
  const unequal = all.filter(({ operator }) => operator === "!=" || operator === "not-in")
  if (unequal.length > 1) return "Firestore takes one != or not-in a query"
  const grouped = filters.some(({ kind }) => kind === "or") || all.some(({ operator }) => lists.has(operator))
  if (unequal[0]?.operator === "not-in" && grouped) return "Firestore takes not-in beside no alternatives"
  const alternatives = alternativesOf(filters)
  if (alternatives.some((conditions) => conditions.filter(isContains).length > 1))
    return "Firestore takes one array-contains an alternative"
  const ranges = inequalityPaths(filters)
  if (ranges.length > 10) return "Firestore takes ranges on at most 10 fields"
  if (ranges.some(isIdPath) && ranges.length > 1) return "a range of ids stands beside no other range"
  if (ranges.length > 0 && all.some((condition) => isIdPath(condition.path) && !isInequality(condition)))
    return "ids stand beside no range"
  const lacking = ranges.find((path) => !isThere(path, alternatives, collection))
  return lacking === undefined
    ? undefined
    : `Firestore orders by "${formatPath(lacking)}", and so leaves out what lacks it; declare it in \`fields\` without ?`
}

/** Whether every document that is found has the path: by its declaration, or because each alternative asks for it. */
export function isThere(
  path: FieldPath,
  alternatives: readonly (readonly Where[])[],
  collection: CollectionInfo,
): boolean {
  if (declaredFacts(collection, path).required) return true
  return alternatives.every((conditions) => conditions.some((condition) => samePath(condition.path, path)))
}
