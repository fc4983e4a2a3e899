/** Under which a specification gives its name, for errors; empty where it has none of its own. Shared between copies of this package. */
export const specificationName: unique symbol = Symbol.for("@nosql/core/Specification") as never

/** A specification, as the parser sees it. */
export interface SpecifiedFilter {
  readonly [specificationName]: string
  toFilter(): unknown
}

/** No JSON can make a symbol, so input from outside never passes for a specification. */
export function isSpecifiedFilter(filter: unknown): filter is SpecifiedFilter {
  return typeof filter === "object" && filter !== null && specificationName in filter
}
