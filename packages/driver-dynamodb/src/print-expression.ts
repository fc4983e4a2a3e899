import type { Aliases } from "./aliases.ts"
import type { Expression, NativePath } from "./expression.ts"

/** The text of an expression. DynamoDB refuses redundant parentheses, so they stand only where the precedence needs them. */
export function printExpression(node: Expression, aliases: Aliases): string {
  switch (node.kind) {
    case "compare":
      return `${printPath(node.path, aliases)} ${node.operator} ${aliases.value(node.value)}`
    case "between":
      return `${printPath(node.path, aliases)} BETWEEN ${aliases.value(node.low)} AND ${aliases.value(node.high)}`
    case "in":
      return `${printPath(node.path, aliases)} IN (${node.values.map((value) => aliases.value(value)).join(", ")})`
    case "size":
      return `size(${printPath(node.path, aliases)}) = ${aliases.value({ N: String(node.size) })}`
    case "call":
      return `${node.name}(${printPath(node.path, aliases)}${node.value === undefined ? "" : `, ${aliases.value(node.value)}`})`
    case "and":
      return node.arms.map((arm) => within(arm, arm.kind === "or", aliases)).join(" AND ")
    case "or":
      return node.arms.map((arm) => printExpression(arm, aliases)).join(" OR ")
    case "not":
      return `NOT ${within(node.arm, node.arm.kind !== "call", aliases)}`
  }
}

function within(node: Expression, parentheses: boolean, aliases: Aliases): string {
  const text = printExpression(node, aliases)
  return parentheses ? `(${text})` : text
}

export function printPath(path: NativePath, aliases: Aliases): string {
  let text = ""
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`
    else text += `${text === "" ? "" : "."}${aliases.name(part)}`
  }
  return text
}
