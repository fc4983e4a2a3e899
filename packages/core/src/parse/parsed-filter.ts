import type { ParsedFilter } from "@nosql/contracts"
import type { FilterNode } from "../ast/filter.ts"

/** No JSON can make a symbol, so input from outside never passes for a parsed filter. Shared between copies of this package. */
const node = Symbol.for("@nosql/core/ParsedFilter")

/** The opaque form of a filter that is read already: it stands wherever a filter does. */
export function parsedFilter(filter: FilterNode): ParsedFilter {
  return Object.freeze({ [node]: filter }) as unknown as ParsedFilter
}

/** What is inside, or undefined where the value is no parsed filter. */
export function parsedNode(filter: unknown): FilterNode | undefined {
  if (typeof filter !== "object" || filter === null || !(node in filter)) return undefined
  return (filter as { [node]: FilterNode })[node]
}
