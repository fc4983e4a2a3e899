import type { Value } from "@nosql/contracts"

/** A path as its segments; `"address.city"` is `["address", "city"]`. */
export type FieldPath = readonly string[]

export type CompareOperator = "eq" | "gt" | "gte" | "lt" | "lte"

/**
 * What a filter means, as frozen plain data. `$ne` and `$nin` are `not` over `compare` and `in`: one negation, exact by construction.
 */
export type FilterNode =
  | { readonly kind: "true" } // matches everything
  | { readonly kind: "false" } // matches nothing
  | CompareNode // the value at a path against an operand
  | InNode // the value at a path equals one of the operands
  | ExistsNode // the path is there, be it null
  | AndNode
  | OrNode
  | NotNode

export interface CompareNode {
  readonly kind: "compare"
  readonly operator: CompareOperator
  readonly path: FieldPath
  readonly value: Value
}

export interface InNode {
  readonly kind: "in"
  readonly path: FieldPath
  readonly values: readonly Value[]
}

export interface ExistsNode {
  readonly kind: "exists"
  readonly path: FieldPath
}

export interface AndNode {
  readonly kind: "and"
  readonly filters: readonly FilterNode[]
}

export interface OrNode {
  readonly kind: "or"
  readonly filters: readonly FilterNode[]
}

export interface NotNode {
  readonly kind: "not"
  readonly filter: FilterNode
}

export const matchAll: FilterNode = Object.freeze({ kind: "true" })
export const matchNone: FilterNode = Object.freeze({ kind: "false" })

export function compare(operator: CompareOperator, path: FieldPath, value: Value): FilterNode {
  return Object.freeze({ kind: "compare", operator, path, value })
}

export function isIn(path: FieldPath, values: readonly Value[]): FilterNode {
  return Object.freeze({ kind: "in", path, values: Object.freeze([...values]) })
}

export function exists(path: FieldPath): FilterNode {
  return Object.freeze({ kind: "exists", path })
}

export function and(filters: readonly FilterNode[]): FilterNode {
  return Object.freeze({ kind: "and", filters: Object.freeze([...filters]) })
}

export function or(filters: readonly FilterNode[]): FilterNode {
  return Object.freeze({ kind: "or", filters: Object.freeze([...filters]) })
}

export function not(filter: FilterNode): FilterNode {
  return Object.freeze({ kind: "not", filter })
}
