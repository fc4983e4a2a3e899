import type { ParsedFilter } from "@nosql/contracts"
import type { FilterNode } from "./filter.ts"

/** What a parsed filter holds: a node that core made, or the JSON of one, which is read (and checked) where it is used. */
export type ParsedContent = { readonly node: FilterNode } | { readonly json: unknown }

/** No JSON can make a symbol, so input from outside never passes for a parsed filter. Shared between copies of this package. */
const content = Symbol.for("@nosql/core/ParsedFilter")

const prefix = "$parsed:"
const copy = Math.random().toString(36).slice(2)
let made = 0

/**
 * The opaque form of a filter that is read already. It is an object of one key, which no other has: spread beside other conditions it holds with
 * them, and a copy that lost what is inside (by JSON, by `structuredClone`) is told by its key.
 */
export function parsedFilter(node: FilterNode): ParsedFilter {
  const filter = { [`${prefix}${copy}.${made++}`]: withContent({ node }) }
  return Object.freeze(filter) as unknown as ParsedFilter
}

/** What stands behind a parsed filter's key. */
export function withContent(parsed: ParsedContent): object {
  return Object.freeze({ [content]: parsed })
}

export function isParsedKey(key: string): boolean {
  return key.startsWith(prefix)
}

/** What is inside, or undefined where it was lost. */
export function contentOf(value: object): ParsedContent | undefined {
  return (value as { readonly [content]?: ParsedContent })[content]
}
