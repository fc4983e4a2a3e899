import type { NoSQLError, TextOptions } from "@nosql/contracts"
import { type FilterNode, text } from "../ast/filter.ts"
import { argumentError } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import type { FilterScope } from "./filter-scope.ts"

const options = {
  $language: ["language", "string"],
  $caseSensitive: ["caseSensitive", "boolean"],
  $diacriticSensitive: ["diacriticSensitive", "boolean"],
} as const satisfies Record<`$${keyof TextOptions}`, readonly [keyof TextOptions, "string" | "boolean"]>

/** Reads `$text: { $search: "words", $language: "en" }`. */
export function parseText(operand: unknown, scope: FilterScope): FilterNode {
  const { context } = scope
  if (!scope.conjunctive) throw misplaced(scope)
  if (
    !isPlainObject(operand) ||
    typeof operand["$search"] !== "string" ||
    !operand["$search"].isWellFormed()
  ) {
    throw argumentError(context, "$text", 'takes an object such as { $search: "words" }')
  }
  const { $search, ...others } = operand
  const found = Object.keys(others).map((name) => {
    const known = Object.hasOwn(options, name) ? options[name as keyof typeof options] : undefined
    if (known === undefined || typeof others[name] !== known[1]) {
      throw argumentError(
        context,
        `$text.${name}`,
        "beside $search stand $language (a string), $caseSensitive and $diacriticSensitive (booleans)",
      )
    }
    return [known[0], others[name]]
  })
  return text($search as string, Object.fromEntries(found) as TextOptions)
}

/** Refuses a filter that holds a `$text`, for a place where none may be. */
export function refuseText(node: FilterNode, scope: FilterScope): void {
  if (node.kind === "text") throw misplaced(scope)
  if (node.kind === "and") for (const filter of node.filters) refuseText(filter, scope)
}

function misplaced({ context }: FilterScope): NoSQLError {
  return argumentError(
    context,
    "$text",
    "stands at the top or under $and only: no store has it below $or, $nor, $not or $elemMatch",
  )
}
