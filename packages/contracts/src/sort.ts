import type { ByPath, KindPath } from "./path.ts"
import type { Orderable } from "./value.ts"

/** 1 and "asc" are ascending, -1 and "desc" descending. */
export type Direction = 1 | -1 | "asc" | "desc"

/** The paths of T that can be sorted by: those of one scalar kind with an order, or booleans. */
export type SortPath<T> = KindPath<T, Orderable | boolean | null | undefined> | "_id"

/**
 * Sort keys, the most significant first. Null and missing tie and come first ascending.
 *
 * @example
 * const newestFirst: Sort<Post> = { createdAt: -1, title: 1 }
 */
export type Sort<T> = ByPath<SortFields<T>>
type SortFields<T> = { readonly [P in SortPath<T>]?: Direction }
