import type { FilterNode } from "../ast/filter.ts"
import type { SortKey } from "../ast/query.ts"
import { encodeShape } from "../ast/shape.ts"
import { hashText } from "../values/hash-text.ts"

/** Names a query without its values, so that log lines and traces of one kind of query can be counted together. */
export function shapeHash(collection: string, filter: FilterNode, sort: readonly SortKey[]): string {
  return hashText(`${collection} ${encodeShape(filter, sort)}`)
}
