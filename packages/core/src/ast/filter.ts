import type { TextOptions, TypeName, Value } from "@nosql/contracts"

/** A path as its segments; `"address.city"` is `["address", "city"]`. Empty inside an element filter: the element itself. */
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
  | TypeNode // the value at a path is of a kind
  | RegexNode // the string at a path holds a match of a pattern
  | StartsWithNode // the string at a path begins with a prefix
  | ModNode // the number at a path, truncated, leaves a remainder
  | ContainsNode // the array at a path holds at least one of the operands
  | SizeNode // the array at a path has so many elements
  | ElemMatchNode // an element of the array at a path fulfils a filter
  | TextNode // the store's own full-text search
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

export interface TypeNode {
  readonly kind: "type"
  readonly path: FieldPath
  readonly type: TypeName
}

export interface RegexNode {
  readonly kind: "regex"
  readonly path: FieldPath
  /** Of the portable subset, checked. */
  readonly pattern: string
  /** Out of `ims`, sorted, each once. */
  readonly flags: string
}

export interface StartsWithNode {
  readonly kind: "startsWith"
  readonly path: FieldPath
  readonly prefix: string
}

export interface ModNode {
  readonly kind: "mod"
  readonly path: FieldPath
  /** An integer, not 0. */
  readonly divisor: number | bigint
  readonly remainder: number | bigint
}

export interface ContainsNode {
  readonly kind: "contains"
  readonly path: FieldPath
  readonly values: readonly Value[]
}

export interface SizeNode {
  readonly kind: "size"
  readonly path: FieldPath
  readonly size: number
}

/** What an element is asked: `objects` are elements with fields, the others never match; for `values` the inner paths begin at the element. */
export interface ElementFilter {
  readonly of: "objects" | "values"
  readonly filter: FilterNode
}

export interface ElemMatchNode extends ElementFilter {
  readonly kind: "elemMatch"
  readonly path: FieldPath
}

/** Stands in conjunctive position only: no store can answer it below a negation or beside an alternative. */
export interface TextNode extends TextOptions {
  readonly kind: "text"
  readonly search: string
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

export function compare(operator: CompareOperator, path: FieldPath, value: Value): CompareNode {
  return Object.freeze({ kind: "compare", operator, path, value })
}

export function isIn(path: FieldPath, values: readonly Value[]): InNode {
  return Object.freeze({ kind: "in", path, values: Object.freeze([...values]) })
}

export function exists(path: FieldPath): ExistsNode {
  return Object.freeze({ kind: "exists", path })
}

export function hasType(path: FieldPath, type: TypeName): TypeNode {
  return Object.freeze({ kind: "type", path, type })
}

export function regex(path: FieldPath, pattern: string, flags: string): RegexNode {
  return Object.freeze({ kind: "regex", path, pattern, flags })
}

export function startsWith(path: FieldPath, prefix: string): StartsWithNode {
  return Object.freeze({ kind: "startsWith", path, prefix })
}

export function mod(path: FieldPath, divisor: number | bigint, remainder: number | bigint): ModNode {
  return Object.freeze({ kind: "mod", path, divisor, remainder })
}

export function contains(path: FieldPath, values: readonly Value[]): ContainsNode {
  return Object.freeze({ kind: "contains", path, values: Object.freeze([...values]) })
}

export function hasSize(path: FieldPath, size: number): SizeNode {
  return Object.freeze({ kind: "size", path, size })
}

export function elemMatch(path: FieldPath, { of, filter }: ElementFilter): ElemMatchNode {
  return Object.freeze({ kind: "elemMatch", path, of, filter })
}

export function text(search: string, options: TextOptions = {}): TextNode {
  return Object.freeze({ kind: "text", search, ...options })
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
