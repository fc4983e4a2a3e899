import type { NativeFilter, Where } from "./native-query.ts"

/** How many alternatives Firestore makes of filters that all hold; `in` and `array-contains-any` are as many as they have values. */
export function countAlternatives(filters: readonly NativeFilter[]): number {
  return filters.reduce((product, filter) => product * countOf(filter), 1)
}

function countOf(filter: NativeFilter): number {
  switch (filter.kind) {
    case "where":
      return isList(filter) ? (filter.value as readonly unknown[]).length : 1
    case "and":
      return countAlternatives(filter.filters)
    case "or":
      return filter.filters.reduce((sum, inner) => sum + countOf(inner), 0)
  }
}

function isList({ operator }: Where): boolean {
  return operator === "in" || operator === "array-contains-any"
}

/** The alternatives, each as the conditions that hold together; a list of values stays one condition. To be asked only where there are few. */
export function alternativesOf(filters: readonly NativeFilter[]): readonly (readonly Where[])[] {
  return filters.reduce<readonly (readonly Where[])[]>(
    (made, filter) => made.flatMap((head) => arms(filter).map((tail) => [...head, ...tail])),
    [[]],
  )
}

function arms(filter: NativeFilter): readonly (readonly Where[])[] {
  switch (filter.kind) {
    case "where":
      return [[filter]]
    case "and":
      return alternativesOf(filter.filters)
    case "or":
      return filter.filters.flatMap(arms)
  }
}

/** All conditions, wherever they stand. */
export function conditionsOf(filters: readonly NativeFilter[]): readonly Where[] {
  return filters.flatMap((filter) => (filter.kind === "where" ? [filter] : conditionsOf(filter.filters)))
}
