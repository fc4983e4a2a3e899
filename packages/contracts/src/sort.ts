import type { Path } from "./path.ts"
import type { WithId } from "./value.ts"

/** 1 and "asc" are ascending, -1 and "desc" descending. */
export type Direction = 1 | -1 | "asc" | "desc"

/**
 * Sort keys, the most significant first. Null and missing tie and come first ascending.
 *
 * @example
 * const newestFirst: Sort<Post> = { createdAt: -1, title: 1 }
 */
export type Sort<T> = { readonly [P in Path<WithId<T>>]?: Direction }
