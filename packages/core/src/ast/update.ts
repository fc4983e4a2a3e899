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

/** `$set`: missing parents are made; through null, a scalar or an array (but an index that is there) it is an error. */
export interface SetNode {
  readonly kind: "set"
  readonly path: FieldPath
  readonly value: Value
}

/** `$unset`: nothing where the path is missing or leads through null or a scalar. */
export interface UnsetNode {
  readonly kind: "unset"
  readonly path: FieldPath
}

/** `$inc`: a missing number is 0; anything else that is none is an error. */
export interface IncNode {
  readonly kind: "inc"
  readonly path: FieldPath
  readonly by: number | bigint
}

/** `$mul`: a missing number becomes 0; anything else that is none is an error. */
export interface MulNode {
  readonly kind: "mul"
  readonly path: FieldPath
  readonly by: number | bigint
}

/** `$min`: sets where the value is lower than the stored one, or where that is missing; null is below everything. */
export interface MinNode {
  readonly kind: "min"
  readonly path: FieldPath
  readonly value: Value
}

/** `$max`: sets where the value is higher than the stored one, or where that is missing; null is below everything. */
export interface MaxNode {
  readonly kind: "max"
  readonly path: FieldPath
  readonly value: Value
}

/** `$rename`: nothing where the path is missing; what is at `to` is overwritten. */
export interface RenameNode {
  readonly kind: "rename"
  readonly path: FieldPath
  readonly to: FieldPath
}

/** `$currentDate`: the server's clock where the driver writes it natively, this process's else; in milliseconds. */
export interface CurrentDateNode {
  readonly kind: "currentDate"
  readonly path: FieldPath
}

/** `$setOnInsert`: core has put it into an upsert's document; in an update it does nothing. */
export interface SetOnInsertNode {
  readonly kind: "setOnInsert"
  readonly path: FieldPath
  readonly value: Value
}

/** `$push`: puts the values in, then sorts, then cuts. A missing array is made; anything else that is none is an error. */
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

/** `$addToSet`: adds each value that equals no element. A missing array is made; anything else that is none is an error. */
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

/** `$pop`: nothing where the array is missing or empty; anything else that is none is an error. */
export interface PopNode {
  readonly kind: "pop"
  readonly path: FieldPath
  readonly end: "first" | "last"
}

/** The paths that a node changes: a rename changes two. */
export function touchedPaths(node: UpdateNode): readonly FieldPath[] {
  return node.kind === "rename" ? [node.path, node.to] : [node.path]
}
