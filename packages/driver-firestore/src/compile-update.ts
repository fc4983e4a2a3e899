import type { FieldDeclaration, Value } from "@nosql/contracts"
import {
  type CollectionInfo,
  type FieldPath,
  formatPath,
  type IncNode,
  type PullNode,
  type UpdateNode,
} from "@nosql/core/driver"
import { valueProblem } from "./document-problem.ts"
import { isInherited } from "./inherited-name.ts"

/** One change of a field that Firestore does without a look at what is there. */
export type BlindChange =
  | { readonly kind: "set"; readonly path: FieldPath; readonly value: Value }
  | { readonly kind: "unset"; readonly path: FieldPath }
  | { readonly kind: "increment"; readonly path: FieldPath; readonly by: number }
  | { readonly kind: "union"; readonly path: FieldPath; readonly values: readonly Value[] }
  | { readonly kind: "remove"; readonly path: FieldPath; readonly values: readonly Value[] }

/**
 * The update as Firestore does it blindly; undefined where that could do something else than the language says: it makes a number
 * of a string that it increments, an array of whatever it adds to, and an object of a scalar that a path leads through.
 */
export function compileUpdate(
  update: readonly UpdateNode[],
  collection: CollectionInfo,
): readonly BlindChange[] | undefined {
  const changes: BlindChange[] = []
  for (const node of update) {
    if (node.kind === "setOnInsert") continue
    if (node.path.some(isInherited)) return undefined
    const change = leadsThroughObjects(node.path, collection) ? compileNode(node, collection) : undefined
    if (change === undefined) return undefined
    changes.push(change)
  }
  return changes.length === 0 ? undefined : changes
}

function compileNode(node: UpdateNode, collection: CollectionInfo): BlindChange | undefined {
  const { path } = node
  switch (node.kind) {
    case "set":
      return valueProblem(node.value) === undefined ? { kind: "set", path, value: node.value } : undefined
    case "unset":
      return path.length === 1 ? { kind: "unset", path } : undefined
    case "inc":
      return compileIncrement(node, collection)
    case "addToSet":
      return isArray(path, collection) && node.values.length > 0 && node.values.every(isScalar)
        ? { kind: "union", path, values: node.values }
        : undefined
    case "pull":
      return compilePull(node, collection)
    default:
      return undefined
  }
}

function compileIncrement({ path, by }: IncNode, collection: CollectionInfo): BlindChange | undefined {
  const declared = declaredAt(path, collection)
  const isNumber = declared === "number" || declared === "number?"
  const isBigint = declared === "bigint" || declared === "bigint?"
  if (!isNumber && !isBigint) return undefined
  const number = Number(by)
  if (isBigint && !Number.isInteger(number)) return undefined
  return Number.isInteger(number) && !Number.isSafeInteger(number)
    ? undefined
    : { kind: "increment", path, by: number }
}

/** Where the field may be missing, Firestore would make an empty array. */
function compilePull({ path, filter }: PullNode, collection: CollectionInfo): BlindChange | undefined {
  if (declaredAt(path, collection) !== "array") return undefined
  if (filter.kind !== "compare" || filter.operator !== "eq" || filter.path.length > 0) return undefined
  return isScalar(filter.value) ? { kind: "remove", path, values: [filter.value] } : undefined
}

function isArray(path: FieldPath, collection: CollectionInfo): boolean {
  const declared = declaredAt(path, collection)
  return declared === "array" || declared === "array?"
}

function isScalar(value: Value): boolean {
  return typeof value !== "object" || value === null
}

function declaredAt(path: FieldPath, { fields }: CollectionInfo): FieldDeclaration | undefined {
  const name = formatPath(path)
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

/** A field of the document itself, or a path whose declaration, or that of one below it, promises objects on the way. */
function leadsThroughObjects(path: FieldPath, { fields }: CollectionInfo): boolean {
  if (path.length === 1) return true
  const name = formatPath(path)
  return Object.keys(fields).some((declared) => declared === name || declared.startsWith(`${name}.`))
}
