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

/** A placeholder has at most four digits: an expression has room for no more. */
const mostAlias = ":9999".length

/** How long the text of an expression is at most, whatever its placeholders are. */
export function mostLength(node: Expression): number {
  switch (node.kind) {
    case "compare":
      return mostPath(node.path) + " <> ".length + mostAlias
    case "between":
      return mostPath(node.path) + " BETWEEN  AND ".length + 2 * mostAlias
    case "in":
      return mostPath(node.path) + " IN ()".length + node.values.length * (mostAlias + 2)
    case "size":
      return mostPath(node.path) + "size() = ".length + mostAlias
    case "call":
      return mostPath(node.path) + node.name.length + "(, )".length + mostAlias
    case "and":
    case "or":
      return node.arms.reduce((sum, arm) => sum + mostLength(arm) + " AND ()".length, 0)
    case "not":
      return mostLength(node.arm) + "NOT ()".length
  }
}

function mostPath(path: NativePath): number {
  return path.reduce<number>(
    (sum, part) => sum + (typeof part === "number" ? `[${part}]`.length : mostAlias + 1),
    0,
  )
}
