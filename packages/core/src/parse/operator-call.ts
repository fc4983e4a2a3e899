import type { ElementFilter, FieldPath, FilterNode } from "../ast/filter.ts"
import type { FilterScope } from "./filter-scope.ts"

/** An operator where it stands. */
export interface OperatorCall {
  readonly operator: string
  readonly operand: unknown
  /** The `$options` beside it; only `$regex` takes them. */
  readonly options?: unknown
  readonly path: FieldPath
  /** The path as the caller wrote it, for errors. */
  readonly key: string
  readonly scope: FilterScope
  readonly nested: NestedParsers
}

/** What operators that hold other conditions call. */
export interface NestedParsers {
  operators(operators: Record<string, unknown>, path: FieldPath, key: string, scope: FilterScope): FilterNode
  element(operand: Record<string, unknown>, key: string, scope: FilterScope): ElementFilter
}

export type OperatorParser = (call: OperatorCall) => FilterNode
