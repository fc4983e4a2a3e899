import type { Document, Value } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import { formatPath } from "../ast/path.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { kindOf } from "../values/compare-values.ts"
import { getField, isArrayIndex } from "../values/get-path.ts"
import { defineField } from "../values/plain-object.ts"

/** What comes after a value: another one, undefined to remove it, or the same to leave all as it is. */
export type Change = (current: Value | undefined) => Value | undefined

type Container = Document | readonly Value[]

/** Changes what stands at a path. Where the path leads through something that is no object or array, nothing is changed. */
export function changePath(document: Document, path: FieldPath, change: Change): Document {
  return changeBelow(document, path, 0, change) as Document
}

/** As `changePath`, but makes the parents that are missing and throws where the path leads through a value that has no fields. */
export function changeMade(
  document: Document,
  path: FieldPath,
  change: Change,
  context: CallContext,
): Document {
  return changeBelow(document, path, 0, change, context) as Document
}

/** Copies the containers along the path, and those only where something changed. With a context, parents are made. */
function changeBelow(
  container: Container,
  path: FieldPath,
  depth: number,
  change: Change,
  context?: CallContext,
): Container {
  const segment = path[depth] as string
  const child = getField(container, segment)
  let next: Value | undefined
  if (depth === path.length - 1) next = change(child)
  else if (isContainer(child)) next = changeBelow(child, path, depth + 1, change, context)
  else if (context === undefined) next = child
  else if (child === undefined) next = changeBelow({}, path, depth + 1, change, context)
  else throw updateError(path, `"${segment}" is no object to go through`, context)
  if (next === child) return container
  return Array.isArray(container)
    ? withElement(container, segment, next ?? null, path, context)
    : withField(container as Document, segment, next)
}

function isContainer(value: Value | undefined): value is Container {
  const kind = value === undefined ? undefined : kindOf(value)
  return kind === "object" || kind === "array"
}

function withField(object: Document, field: string, value: Value | undefined): Document {
  const copy = { ...object }
  if (value === undefined) delete copy[field]
  else defineField(copy, field, value)
  return copy
}

/** An element that is removed leaves null: the others keep their places. */
function withElement(
  array: readonly Value[],
  segment: string,
  value: Value,
  path: FieldPath,
  context: CallContext | undefined,
): readonly Value[] {
  const index = isArrayIndex(segment) ? Number(segment) : array.length
  if (index < array.length) return array[index] === value ? array : array.with(index, value)
  if (context === undefined) return array
  throw updateError(path, "an array is changed by the index of one of its elements", context)
}

/** The error of one document: its type does not fit the update. */
export function updateError(path: FieldPath, problem: string, context: CallContext): Error {
  return argumentError(context, formatPath(path), `${problem}; nothing of this document was written`)
}
