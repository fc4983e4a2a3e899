import { type FilterNode, regex, startsWith } from "../ast/filter.ts"
import { parseRegex, RegexProblem } from "../regex/parse-regex.ts"
import { argumentError } from "../values/argument-error.ts"
import type { OperatorCall } from "./operator-call.ts"
import { parseOperand } from "./parse-operand.ts"

export function parsePattern({ operand, options = "", path, key, scope }: OperatorCall): FilterNode {
  const pattern = parseOperand(operand, path, key, scope)
  if (typeof pattern !== "string") throw argumentError(scope.context, key, "$regex takes a string")
  if (typeof options !== "string" || !/^(?!.*(.).*\1)[ims]*$/.test(options))
    throw argumentError(scope.context, `${key}.$options`, "takes flags out of i, m and s, each once")
  const flags = [...options].sort().join("")
  try {
    parseRegex(pattern, flags)
  } catch (error) {
    if (error instanceof RegexProblem) throw argumentError(scope.context, `${key}.$regex`, error.message)
    throw error
  }
  return regex(path, pattern, flags)
}

export function parsePrefix({ operand, path, key, scope }: OperatorCall): FilterNode {
  const prefix = parseOperand(operand, path, key, scope)
  if (typeof prefix !== "string") throw argumentError(scope.context, key, "$startsWith takes a string")
  return startsWith(path, prefix)
}
