import type { TypeName } from "@nosql/contracts"
import { exists, type FilterNode, hasType, not, or } from "../ast/filter.ts"
import { argumentError } from "../values/argument-error.ts"
import type { OperatorCall } from "./operator-call.ts"

export function parseExistence({ operand, path, key, scope }: OperatorCall): FilterNode {
  if (typeof operand !== "boolean") throw argumentError(scope.context, key, "$exists takes true or false")
  if (path.length === 0)
    throw argumentError(scope.context, key, "an element is always there; leave $exists out")
  return operand ? exists(path) : not(exists(path))
}

const typeNames = {
  string: true,
  number: true,
  boolean: true,
  null: true,
  date: true,
  binary: true,
  array: true,
  object: true,
} as const satisfies Record<TypeName, true>

export function parseType({ operand, path, key, scope }: OperatorCall): FilterNode {
  const names: unknown[] = Array.isArray(operand) ? Array.from(operand) : [operand]
  if (names.length === 0 || !names.every(isTypeName)) {
    throw argumentError(
      scope.context,
      key,
      `$type takes one of ${Object.keys(typeNames).join(" ")}, or an array of them`,
    )
  }
  const tests = names.map((name) => hasType(path, name))
  return tests.length === 1 ? (tests[0] as FilterNode) : or(tests)
}

function isTypeName(name: unknown): name is TypeName {
  return typeof name === "string" && Object.hasOwn(typeNames, name)
}
