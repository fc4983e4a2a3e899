import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Value } from "@nosql/contracts"
import { kindOf, type UpdateNode } from "@nosql/core/driver"
import { dateKey } from "./attribute-names.ts"
import { anyOf, type Expression } from "./expression.ts"
import { encodeValue } from "./value-codec.ts"

/** An update as what it sets where its guards hold. */
interface SettledUpdate {
  readonly nodes: readonly UpdateNode[]
  /** That the value of a `$min` or `$max` is the one that stays: DynamoDB has no such operator, but conditions. */
  readonly guards: readonly Expression[]
}

/** DynamoDB tells no time, so that `$currentDate` is this process's. */
export function settleUpdate(update: readonly UpdateNode[], now: Date): SettledUpdate {
  const guards: Expression[] = []
  const nodes = update.map((node): UpdateNode => {
    if (node.kind === "currentDate") return { kind: "set", path: node.path, value: now }
    if (node.kind !== "min" && node.kind !== "max") return node
    guards.push(yields(node.path, node.value, node.kind))
    return { kind: "set", path: node.path, value: node.value }
  })
  return { nodes, guards }
}

/** That what stands at a path gives way to a value: it is missing, or of the value's kind and greater (`min`) or less. Null, which is less than all, is looked at by core. */
function yields(path: readonly string[], value: Value, side: "min" | "max"): Expression {
  const missing: Expression = { kind: "call", name: "attribute_not_exists", path }
  const operator = side === "max" ? "<" : ">"
  const or = (arm: Expression): Expression => anyOf([missing, arm]) ?? missing
  const compared = (at: readonly string[], operand: AttributeValue) =>
    or({ kind: "compare", operator, path: at, value: operand })
  switch (kindOf(value)) {
    case "number":
    case "string":
      return compared(path, encodeValue(value))
    case "date":
      return compared([...path, dateKey], { N: String((value as Date).getTime()) })
    case "boolean":
      // Of two values one is the last that can give way.
      return value === (side === "max")
        ? or({ kind: "compare", operator: "=", path, value: { BOOL: !value } })
        : missing
    default:
      return side === "max"
        ? missing
        : { kind: "not", arm: { kind: "call", name: "attribute_type", path, value: { S: "NULL" } } }
  }
}
