import type { Value } from "@nosql/contracts"
import type { ElementFilter, FieldPath } from "./filter.ts"
import type { SortKey } from "./query.ts"

/** One change to one path. No two nodes of an update touch a path and itself, its parent or its child; a rename touches two. */
export type UpdateNode =
  | SetNode // puts a value there
  | UnsetNode // removes the field; an array's element becomes null
  | IncNode // adds to a number
  | MulNode // multiplies a number
  | MinNode // keeps the smaller of two values
  | MaxNode // keeps the larger of two values
  | RenameNode // moves a value to another path
  | CurrentDateNode // puts the time of the write there
  | SetOnInsertNode // as set, in a document that an upsert makes; nothing elsewhere
  | PushNode // adds to an array, then sorts and cuts it
  | AddToSetNode // adds to an array what it does not hold
  | PullNode // removes from an array what a filter finds
  | PopNode // removes an array's first or last element

export interface SetNode {
  readonly kind: "set"
  readonly path: FieldPath
  readonly value: Value
}

export interface UnsetNode {
  readonly kind: "unset"
  readonly path: FieldPath
}

export interface IncNode {
  readonly kind: "inc"
  readonly path: FieldPath
  readonly by: number | bigint
}

export interface MulNode {
  readonly kind: "mul"
  readonly path: FieldPath
  readonly by: number | bigint
}

export interface MinNode {
  readonly kind: "min"
  readonly path: FieldPath
  readonly value: Value
}

export interface MaxNode {
  readonly kind: "max"
  readonly path: FieldPath
  readonly value: Value
}

export interface RenameNode {
  readonly kind: "rename"
  readonly path: FieldPath
  readonly to: FieldPath
}

export interface CurrentDateNode {
  readonly kind: "currentDate"
  readonly path: FieldPath
}

export interface SetOnInsertNode {
  readonly kind: "setOnInsert"
  readonly path: FieldPath
  readonly value: Value
}

export interface PushNode {
  readonly kind: "push"
  readonly path: FieldPath
  readonly values: readonly Value[]
  /** Where the values go in: an index, from the end where it is negative. @default behind the last */
  readonly position?: number
  /** How many elements stay: the first ones, or the last ones where it is negative. @default all */
  readonly slice?: number
  /** The order of the elements; the empty path is the element itself. @default as they come */
  readonly sort?: readonly SortKey[]
}

export interface AddToSetNode {
  readonly kind: "addToSet"
  readonly path: FieldPath
  readonly values: readonly Value[]
}

/** Removes the elements that its filter finds. */
export interface PullNode extends ElementFilter {
  readonly kind: "pull"
  readonly path: FieldPath
}

export interface PopNode {
  readonly kind: "pop"
  readonly path: FieldPath
  readonly end: "first" | "last"
}

/** The paths that a node changes: a rename changes two. */
export function touchedPaths(node: UpdateNode): readonly FieldPath[] {
  return node.kind === "rename" ? [node.path, node.to] : [node.path]
}
