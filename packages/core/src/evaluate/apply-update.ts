import { assertNever, type Document, type Value } from "@nosql/contracts"
import { formatPath } from "../ast/path.ts"
import type { UpdateNode } from "../ast/update.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { kindOf } from "../values/compare-values.ts"
import { copyDocument, copyValue } from "../values/copy-value.ts"
import { getField, isArrayIndex } from "../values/get-path.ts"
import { defineField } from "../values/plain-object.ts"

/** The document after an update; the one given stays as it is. Throws `invalid-argument` with the path where a type is wrong. */
export function applyUpdate(
  document: Document,
  update: readonly UpdateNode[],
  context: CallContext,
): Document {
  const next = copyDocument(document)
  for (const node of update) applyNode(next, node, context)
  return next
}

function applyNode(document: Document, node: UpdateNode, context: CallContext): void {
  const field = node.path.at(-1) as string
  if (node.kind === "unset") {
    const parent = existingParent(document, node)
    if (parent !== undefined) removeField(parent, field)
    return
  }
  const parent = madeParent(document, node, context)
  const current = getField(parent, field)
  setField(parent, field, changed(current, node, context), node, context)
}

function changed(
  current: Value | undefined,
  node: Exclude<UpdateNode, { kind: "unset" }>,
  context: CallContext,
): Value {
  switch (node.kind) {
    case "set":
      return copyValue(node.value)
    case "inc":
      return add(current, node, context)
    case "push":
      return append(current, node, context)
    default:
      return assertNever(node)
  }
}

type Container = Document | Value[]

function isContainer(value: Value | undefined): value is Container {
  const kind = value === undefined ? undefined : kindOf(value)
  return kind === "object" || kind === "array"
}

function existingParent(document: Document, node: UpdateNode): Container | undefined {
  let parent: Container = document
  for (const segment of node.path.slice(0, -1)) {
    const child = getField(parent, segment)
    if (!isContainer(child)) return undefined
    parent = child
  }
  return parent
}

function madeParent(document: Document, node: UpdateNode, context: CallContext): Container {
  let parent: Container = document
  for (const segment of node.path.slice(0, -1)) {
    let child = getField(parent, segment)
    if (child === undefined) {
      child = {}
      setField(parent, segment, child, node, context)
    }
    if (!isContainer(child)) throw wrongType(node, `"${segment}" is no object to go through`, context)
    parent = child
  }
  return parent
}

function setField(
  parent: Container,
  field: string,
  value: Value,
  node: UpdateNode,
  context: CallContext,
): void {
  if (!Array.isArray(parent)) {
    defineField(parent, field, value)
    return
  }
  if (!isArrayIndex(field) || Number(field) >= parent.length) {
    throw wrongType(node, "an array is changed by the index of one of its elements", context)
  }
  parent[Number(field)] = value
}

function removeField(parent: Container, field: string): void {
  if (!Array.isArray(parent)) delete parent[field]
  else if (isArrayIndex(field) && Number(field) < parent.length) parent[Number(field)] = null
}

function add(current: Value | undefined, node: UpdateNode & { kind: "inc" }, context: CallContext): Value {
  if (current === undefined) return node.by
  if (typeof current !== "number" && typeof current !== "bigint")
    throw wrongType(node, "$inc needs a number", context)
  if (typeof current === "number" && typeof node.by === "number") {
    const sum = current + node.by
    if (Number.isSafeInteger(sum) || !Number.isInteger(current) || !Number.isInteger(node.by)) return sum
  }
  if (!isWhole(current) || !isWhole(node.by)) return Number(current) + Number(node.by)
  const sum = BigInt(current) + BigInt(node.by)
  const number = Number(sum)
  return Number.isSafeInteger(number) ? number : sum
}

function isWhole(value: number | bigint): boolean {
  return typeof value === "bigint" || Number.isInteger(value)
}

function append(
  current: Value | undefined,
  node: UpdateNode & { kind: "push" },
  context: CallContext,
): Value {
  if (current === undefined) return [copyValue(node.value)]
  if (!Array.isArray(current)) throw wrongType(node, "$push needs an array", context)
  return [...(current as Value[]), copyValue(node.value)]
}

function wrongType(node: UpdateNode, problem: string, context: CallContext): Error {
  return argumentError(context, formatPath(node.path), `${problem}; nothing of this document was written`)
}
