import type { TextOptions, TypeName, Value } from "@nosql/contracts"

/** A path as its segments; `"address.city"` is `["address", "city"]`. Empty inside an element filter: the element itself. */
export type FieldPath = readonly string[]

/** How a value is compared: equality sees every kind of value, a range only those of its operand's kind. */
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

/** Equality (null matches missing, too), or a range, whose operand is a number, a string or a Date. */
export interface CompareNode {
  readonly kind: "compare"
  readonly operator: CompareOperator
  readonly path: FieldPath
  readonly value: Value
}

/** Equality with one of the values; null among them matches missing, too. Folded, it has two values or more. */
export interface InNode {
  readonly kind: "in"
  readonly path: FieldPath
  readonly values: readonly Value[]
}

/** The path is there, be it null. */
export interface ExistsNode {
  readonly kind: "exists"
  readonly path: FieldPath
}

/** The value is of a kind; `"null"` is an explicit null, never a missing field. */
export interface TypeNode {
  readonly kind: "type"
  readonly path: FieldPath
  readonly type: TypeName
}

/** The value is a string that holds a match; `parseRegex` reads the pattern, `printPcre` prints it for a store. */
export interface RegexNode {
  readonly kind: "regex"
  readonly path: FieldPath
  /** Of the portable subset, checked. */
  readonly pattern: string
  /** Out of `ims`, sorted, each once. */
  readonly flags: string
}

/** The value is a string that begins so, by code points; `prefixBounds` makes a range of it. */
export interface StartsWithNode {
  readonly kind: "startsWith"
  readonly path: FieldPath
  readonly prefix: string
}

/** The value is a number whose part before the point leaves this remainder, with the dividend's sign. */
export interface ModNode {
  readonly kind: "mod"
  readonly path: FieldPath
  /** An integer, not 0. */
  readonly divisor: number | bigint
  readonly remainder: number | bigint
}

/** The value is an array that holds one of the values at least: `$contains` and `$containsAny`. Folded, it has one value or more. */
export interface ContainsNode {
  readonly kind: "contains"
  readonly path: FieldPath
  readonly values: readonly Value[]
}

/** The value is an array of so many elements. */
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

/** The value is an array of which an element fulfils the filter. */
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

/** The exact complement: it matches whatever its filter does not, missing fields among them. */
export interface NotNode {
  readonly kind: "not"
  readonly filter: FilterNode
}

/** Matches every document; no driver meets it inside another node. */
export const matchAll: FilterNode = Object.freeze({ kind: "true" })
/** Matches no document; core asks no store with it. */
export const matchNone: FilterNode = Object.freeze({ kind: "false" })

/** A frozen `CompareNode`; neither path nor value is checked or copied, as in all that follow. */
export function compare(operator: CompareOperator, path: FieldPath, value: Value): CompareNode {
  return Object.freeze({ kind: "compare", operator, path, value })
}

/** A frozen `InNode`. */
export function isIn(path: FieldPath, values: readonly Value[]): InNode {
  return Object.freeze({ kind: "in", path, values: Object.freeze([...values]) })
}

/** A frozen `ExistsNode`. */
export function exists(path: FieldPath): ExistsNode {
  return Object.freeze({ kind: "exists", path })
}

/** A frozen `TypeNode`. */
export function hasType(path: FieldPath, type: TypeName): TypeNode {
  return Object.freeze({ kind: "type", path, type })
}

/** A frozen `RegexNode` of a pattern that `parseRegex` takes. */
export function regex(path: FieldPath, pattern: string, flags: string): RegexNode {
  return Object.freeze({ kind: "regex", path, pattern, flags })
}

/** A frozen `StartsWithNode`. */
export function startsWith(path: FieldPath, prefix: string): StartsWithNode {
  return Object.freeze({ kind: "startsWith", path, prefix })
}

/** A frozen `ModNode`. */
export function mod(path: FieldPath, divisor: number | bigint, remainder: number | bigint): ModNode {
  return Object.freeze({ kind: "mod", path, divisor, remainder })
}

/** A frozen `ContainsNode`. */
export function contains(path: FieldPath, values: readonly Value[]): ContainsNode {
  return Object.freeze({ kind: "contains", path, values: Object.freeze([...values]) })
}

/** A frozen `SizeNode`. */
export function hasSize(path: FieldPath, size: number): SizeNode {
  return Object.freeze({ kind: "size", path, size })
}

/** A frozen `ElemMatchNode`. */
export function elemMatch(path: FieldPath, { of, filter }: ElementFilter): ElemMatchNode {
  return Object.freeze({ kind: "elemMatch", path, of, filter })
}

/** A frozen `TextNode`. */
export function text(search: string, options: TextOptions = {}): TextNode {
  return Object.freeze({ kind: "text", search, ...options })
}

/** All of these hold; of none, everything. `fold` makes it the shortest. */
export function and(filters: readonly FilterNode[]): FilterNode {
  return Object.freeze({ kind: "and", filters: Object.freeze([...filters]) })
}

/** One of these holds; of none, nothing. `fold` makes it the shortest. */
export function or(filters: readonly FilterNode[]): FilterNode {
  return Object.freeze({ kind: "or", filters: Object.freeze([...filters]) })
}

/** A frozen `NotNode`. */
export function not(filter: FilterNode): FilterNode {
  return Object.freeze({ kind: "not", filter })
}
