import type { Value } from "@nosql/contracts"
import type { AddToSetNode, PopNode, PullNode, PushNode } from "../ast/update.ts"
import type { CallContext } from "../values/argument-error.ts"
import { equalValues } from "../values/compare-values.ts"
import { updateError } from "./change-path.ts"
import { compileElementFilter } from "./compile-filter.ts"
import { compareDocuments } from "./sort-documents.ts"

type ArrayNode = PushNode | AddToSetNode | PullNode | PopNode

/** Missing is an empty array; anything else that is none is an error. */
function elementsOf(
  current: Value | undefined,
  { kind, path }: ArrayNode,
  context: CallContext,
): readonly Value[] {
  if (current === undefined) return []
  if (Array.isArray(current)) return current as readonly Value[]
  throw updateError(path, `$${kind} needs an array`, context)
}

/** Puts the values in, then sorts, then cuts: the order in which MongoDB does it. */
export function pushElements(current: Value | undefined, node: PushNode, context: CallContext): Value {
  const elements = elementsOf(current, node, context)
  const { values, position = elements.length, slice, sort } = node
  const pushed = elements.toSpliced(position, 0, ...values)
  if (sort !== undefined) pushed.sort(compareDocuments(sort) as (a: Value, b: Value) => number)
  const next = slice === undefined ? pushed : slice < 0 ? pushed.slice(slice) : pushed.slice(0, slice)
  return current !== undefined && equalValues(current, next) ? current : next
}

export function addToSet(current: Value | undefined, node: AddToSetNode, context: CallContext): Value {
  const next = [...elementsOf(current, node, context)]
  const before = next.length
  for (const value of node.values) {
    if (!next.some((element) => equalValues(element, value))) next.push(value)
  }
  return current !== undefined && next.length === before ? current : next
}

export function pullElements(
  current: Value | undefined,
  node: PullNode,
  context: CallContext,
): Value | undefined {
  const elements = elementsOf(current, node, context)
  const removed = compileElementFilter(node)
  const next = elements.filter((element) => !removed(element))
  return next.length === elements.length ? current : next
}

export function popElement(
  current: Value | undefined,
  node: PopNode,
  context: CallContext,
): Value | undefined {
  const elements = elementsOf(current, node, context)
  if (elements.length === 0) return current
  return node.end === "first" ? elements.slice(1) : elements.slice(0, -1)
}
