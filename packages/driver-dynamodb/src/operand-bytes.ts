import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Expression, NativePath } from "./expression.ts"

/** How many bytes of names and values the placeholders of an expression stand for, each counted as often as it is there. */
export function operandBytes(node: Expression): number {
  switch (node.kind) {
    case "and":
    case "or":
      return node.arms.reduce((sum, arm) => sum + operandBytes(arm), 0)
    case "not":
      return operandBytes(node.arm)
    case "compare":
      return pathBytes(node.path) + valueBytes(node.value)
    case "between":
      return pathBytes(node.path) + valueBytes(node.low) + valueBytes(node.high)
    case "in":
      return node.values.reduce((sum, value) => sum + valueBytes(value), pathBytes(node.path))
    case "size":
      return pathBytes(node.path) + String(node.size).length
    case "call":
      return pathBytes(node.path) + (node.value === undefined ? 0 : valueBytes(node.value))
  }
}

function pathBytes(path: NativePath): number {
  return path.reduce<number>((sum, part) => sum + (typeof part === "string" ? Buffer.byteLength(part) : 0), 0)
}

function valueBytes({ S, N, B, L, M, SS, NS, BS }: AttributeValue): number {
  const text = S ?? N
  if (text !== undefined) return Buffer.byteLength(text)
  if (B !== undefined) return B.length
  if (L !== undefined) return sum(L, valueBytes)
  if (M !== undefined)
    return sum(Object.entries(M), ([name, value]) => Buffer.byteLength(name) + valueBytes(value))
  const texts = SS ?? NS
  if (texts !== undefined) return sum(texts, (member) => Buffer.byteLength(member))
  return BS === undefined ? 1 : sum(BS, ({ length }) => length)
}

/** Of each, and what it takes beside. */
function sum<T>(members: readonly T[], bytesOf: (member: T) => number): number {
  return members.reduce((bytes, member) => bytes + 1 + bytesOf(member), 3)
}
