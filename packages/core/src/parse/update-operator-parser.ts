import type { FieldPath } from "../ast/filter.ts"
import type { UpdateNode } from "../ast/update.ts"
import type { CallContext } from "../values/argument-error.ts"

/** Reads one operator's operand for one path; `key` is the path as it was written. */
export type UpdateOperatorParser = (
  path: FieldPath,
  key: string,
  operand: unknown,
  context: CallContext,
) => UpdateNode
