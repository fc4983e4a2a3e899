import type { Value } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import { isIdPath } from "../ast/path.ts"
import { noId } from "../store/document-id.ts"
import { argumentError } from "../values/argument-error.ts"
import { normalizeValue } from "../values/normalize-value.ts"
import type { FilterScope } from "./filter-scope.ts"

/** The value that a condition compares with: checked, copied, and never code. */
export function parseOperand(operand: unknown, path: FieldPath, key: string, scope: FilterScope): Value {
  const { context, allowed } = scope
  if (operand instanceof RegExp) {
    throw argumentError(
      context,
      key,
      'a RegExp is not portable; write { $regex: "pattern", $options: "i" }, or $startsWith',
    )
  }
  if (operand === null && allowed?.nulls === false) {
    throw argumentError(context, key, "null, which also matches documents without the field, is not allowed")
  }
  if (isDocumentId(path, scope) && typeof operand !== "string")
    throw argumentError(context, key, noId(operand))
  return normalizeValue(operand, key, context)
}

/** Whether a path is the `_id` of the document, not a field of that name in an element. */
export function isDocumentId(path: FieldPath, scope: FilterScope): boolean {
  return scope.within === "" && isIdPath(path)
}

/** A hole of a sparse array is `undefined` here, and refused as such: `map` would pass it over. */
export function parseArray(operand: unknown, operator: string, key: string, scope: FilterScope): unknown[] {
  if (Array.isArray(operand)) return Array.from(operand)
  throw argumentError(scope.context, key, `${operator} takes an array`)
}
