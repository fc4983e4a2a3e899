import type { AttributeValue } from "@aws-sdk/client-dynamodb"

/** A path in an item: names, and numbers that index lists. */
export type NativePath = readonly (string | number)[]

/** A condition in DynamoDB's language, as data. What it says of a missing or otherwise typed attribute is false, `<>` and `not` aside. */
export type Expression =
  | CompareExpression // the attribute against a value of its own type
  | BetweenExpression // within two values, both included
  | InExpression // equal to one of several
  | SizeExpression // how long a list is, but also a string, bytes, a map or a set
  | CallExpression // a function of one attribute
  | { readonly kind: "and"; readonly arms: readonly Expression[] }
  | { readonly kind: "or"; readonly arms: readonly Expression[] }
  | { readonly kind: "not"; readonly arm: Expression }

interface CompareExpression {
  readonly kind: "compare"
  readonly operator: "=" | "<>" | "<" | "<=" | ">" | ">="
  readonly path: NativePath
  readonly value: AttributeValue
}

interface BetweenExpression {
  readonly kind: "between"
  readonly path: NativePath
  readonly low: AttributeValue
  readonly high: AttributeValue
}

interface InExpression {
  readonly kind: "in"
  readonly path: NativePath
  readonly values: readonly AttributeValue[]
}

interface SizeExpression {
  readonly kind: "size"
  readonly path: NativePath
  readonly size: number
}

interface CallExpression {
  readonly kind: "call"
  readonly name: "attribute_exists" | "attribute_not_exists" | "attribute_type" | "begins_with" | "contains"
  readonly path: NativePath
  /** Of the functions with two arguments. */
  readonly value?: AttributeValue
}

export function allOf(arms: readonly Expression[]): Expression | undefined {
  return arms.length > 1 ? { kind: "and", arms } : arms[0]
}

export function anyOf(arms: readonly Expression[]): Expression | undefined {
  return arms.length > 1 ? { kind: "or", arms } : arms[0]
}

/** Of two equal conditions in the form that has an operator less. */
export function negated(arm: Expression): Expression {
  if (arm.kind === "not") return arm.arm
  if (arm.kind === "compare" && arm.operator === "=") return { ...arm, operator: "<>" }
  if (arm.kind === "compare" && arm.operator === "<>") return { ...arm, operator: "=" }
  if (arm.kind === "call" && arm.name === "attribute_exists") return { ...arm, name: "attribute_not_exists" }
  if (arm.kind === "call" && arm.name === "attribute_not_exists") return { ...arm, name: "attribute_exists" }
  return { kind: "not", arm }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters */
export const maxOperators = 300
export const maxExpressionBytes = 4096
/** Of all names and values of a request. */
export const maxOperandBytes = 2 * 1024 * 1024
/** The page says 100; servers that were compared with the real one count the attribute among them. */
export const maxInOperands = 99

/** No less than what DynamoDB counts: its pages do not say how an IN or a function is counted, so each operand of an IN counts as one. */
export function countOperators(node: Expression): number {
  switch (node.kind) {
    case "and":
    case "or":
      return node.arms.reduce((sum, arm) => sum + countOperators(arm), node.arms.length - 1)
    case "not":
      return 1 + countOperators(node.arm)
    case "in":
      return node.values.length
    case "size":
    case "between":
      return 2
    case "compare":
    case "call":
      return 1
  }
}
