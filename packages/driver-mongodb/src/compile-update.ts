import { assertNever, type Value } from "@nosql/contracts"
import {
  type CollectionInfo,
  declarationsOf,
  elemMatch,
  formatPath,
  isArrayIndex,
  overlaps,
  type PullNode,
  type PushNode,
  type RenameNode,
  type UpdateNode,
} from "@nosql/core/driver"
import { type Document as BsonDocument, Long } from "mongodb"
import { compileFilter } from "./compile-filter.ts"
import { holdsObject } from "./compile-whole.ts"
import { isReference } from "./declared-values.ts"
import { encodeValue } from "./encode-value.ts"
import { isPattern } from "./native-codec.ts"

/** Written out, because names that are put together are slow as keys. */
const operators = {
  set: "$set",
  setOnInsert: "$setOnInsert",
  unset: "$unset",
  inc: "$inc",
  mul: "$mul",
  min: "$min",
  max: "$max",
  rename: "$rename",
  currentDate: "$currentDate",
  push: "$push",
  addToSet: "$addToSet",
  pull: "$pull",
  pop: "$pop",
} as const satisfies Record<UpdateNode["kind"], string>

/** Translates an update into MongoDB's own, one operator for each kind of node; undefined where MongoDB means something else by it. */
export function compileUpdate(
  update: readonly UpdateNode[],
  collection: CollectionInfo,
): BsonDocument | undefined {
  const compiled: Record<string, Record<string, unknown>> = {}
  for (const node of update) {
    if (!isExact(node, collection)) return undefined
    const operator = operators[node.kind]
    const fields = compiled[operator] ?? {}
    compiled[operator] = fields
    const path = formatPath(node.path)
    fields[path] = operand(node, path, collection)
  }
  return compiled
}

/** The paths that a compiled update changes, for its error. */
export function changedPaths(update: BsonDocument): string[] {
  const renamed = Object.values((update["$rename"] ?? {}) as Record<string, string>)
  return [...Object.values(update).flatMap(Object.keys), ...renamed]
}

function isExact(node: UpdateNode, collection: CollectionInfo): boolean {
  switch (node.kind) {
    case "min":
    case "max":
      // An ObjectId is above every string, whatever the texts.
      return !isReference(formatPath(node.path), collection)
    case "addToSet":
      return !node.values.some(holdsObject)
    case "pull":
      return pulled(node, collection) !== undefined
    case "rename":
      return !movesReference(node, collection)
    default:
      return true
  }
}

/**
 * What a pull asks for, in a frame that tells it from undefined. A bare value is equal to elements and no more, whereas `{ $eq: 1 }` would find [1];
 * a condition that begins with `$not` is none to MongoDB, and an empty one empties the array on servers that only speak its protocol.
 */
function pulled(node: PullNode, collection: CollectionInfo): { readonly condition: unknown } | undefined {
  const { path, of, filter } = node
  const key = formatPath(path)
  if (of === "values" && filter.kind === "compare" && filter.operator === "eq") {
    if (holdsObject(filter.value) || isPattern(filter.value)) return undefined
    return { condition: encodeValue(filter.value, `${key}.0`, collection) }
  }
  const compiled = compileFilter(elemMatch(path, node), collection)
  const tests: BsonDocument = compiled.filter[key] ?? {}
  const condition: BsonDocument = tests["$elemMatch"] ?? {}
  const names = Object.keys(condition)
  const usable = names.length > 0 && !names.includes("$not") && Object.keys(tests).length === 1
  return compiled.exact && usable ? { condition } : undefined
}

/** A reference that moves to another path is stored in another form there. */
function movesReference({ path, to }: RenameNode, collection: CollectionInfo): boolean {
  return declarationsOf(collection).some(
    ({ kind, segments }) => kind === "id" && (overlaps(segments, path) || overlaps(segments, to)),
  )
}

function operand(node: UpdateNode, path: string, collection: CollectionInfo): unknown {
  switch (node.kind) {
    case "set":
    case "setOnInsert":
    case "min":
    case "max":
      return encodeValue(node.value, path, collection)
    case "unset":
      return ""
    case "currentDate":
      return true
    case "inc":
    case "mul":
      // An int64 keeps a result exact where an int32 would become a double.
      return Number.isSafeInteger(node.by)
        ? Long.fromNumber(node.by as number)
        : encodeValue(node.by, path, collection)
    case "rename":
      return formatPath(node.to)
    case "push":
      return { $each: encodeElements(node.values, path, collection), ...modifiers(node) }
    case "addToSet":
      return { $each: encodeElements(node.values, path, collection) }
    case "pull":
      return pulled(node, collection)?.condition
    case "pop":
      return node.end === "first" ? -1 : 1
    default:
      return assertNever(node)
  }
}

function encodeElements(values: readonly Value[], path: string, collection: CollectionInfo): unknown[] {
  return values.map((value) => encodeValue(value, `${path}.0`, collection))
}

function modifiers({ position, slice, sort }: PushNode): BsonDocument {
  return {
    ...(position === undefined ? {} : { $position: position }),
    ...(slice === undefined ? {} : { $slice: slice }),
    ...(sort === undefined ? {} : { $sort: compileElementSort(sort) }),
  }
}

/** A Map where an object would put a key of digits first. */
function compileElementSort(
  sort: NonNullable<PushNode["sort"]>,
): BsonDocument | ReadonlyMap<string, 1 | -1> | 1 | -1 {
  const [first] = sort
  if (first?.path.length === 0) return first.direction
  const pairs = sort.map(({ path, direction }) => [formatPath(path), direction] as const)
  return pairs.some(([path]) => isArrayIndex(path)) ? new Map(pairs) : Object.fromEntries(pairs)
}
