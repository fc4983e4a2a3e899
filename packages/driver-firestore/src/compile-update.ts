import type { Value } from "@nosql/contracts"
import {
  type CollectionInfo,
  type Declaration,
  declarationAt,
  type FieldPath,
  formatPath,
  type IncNode,
  type PullNode,
  type UpdateNode,
} from "@nosql/core/driver"
import { isDeclared } from "./declared-facts.ts"
import { mayNotFit, pathBytes, valueProblem } from "./document-problem.ts"
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
  // By the document that it makes it is refused with its path and its size.
  if (mayNotFit(update)) return undefined
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
      return valueProblem(node.value, pathBytes(path)) === undefined
        ? { kind: "set", path, value: node.value }
        : undefined
    case "unset":
      return path.length === 1 ? { kind: "unset", path } : undefined
    case "inc":
      return compileIncrement(node, collection)
    case "addToSet":
      return declaredArray(path, collection) !== undefined &&
        node.values.length > 0 &&
        node.values.every(isScalar)
        ? { kind: "union", path, values: node.values }
        : undefined
    case "pull":
      return compilePull(node, collection)
    default:
      return undefined
  }
}

function compileIncrement({ path, by }: IncNode, collection: CollectionInfo): BlindChange | undefined {
  const declared = declarationAt(collection, formatPath(path))
  if (declared === undefined || declared.nullable) return undefined
  const { kind } = declared
  if (kind !== "number" && kind !== "bigint") return undefined
  const number = Number(by)
  if (kind === "bigint" && !Number.isInteger(number)) return undefined
  return Number.isInteger(number) && !Number.isSafeInteger(number)
    ? undefined
    : { kind: "increment", path, by: number }
}

/** Where the field may be missing, Firestore would make an empty array. */
function compilePull({ path, filter }: PullNode, collection: CollectionInfo): BlindChange | undefined {
  if (declaredArray(path, collection)?.optional !== false) return undefined
  if (filter.kind !== "compare" || filter.operator !== "eq" || filter.path.length > 0) return undefined
  return isScalar(filter.value) ? { kind: "remove", path, values: [filter.value] } : undefined
}

/** What is declared at a path, where that is an array and never null. */
function declaredArray(path: FieldPath, collection: CollectionInfo): Declaration | undefined {
  const declared = declarationAt(collection, formatPath(path))
  return declared?.kind === "array" && !declared.nullable ? declared : undefined
}

function isScalar(value: Value): boolean {
  return typeof value !== "object" || value === null
}

/** A field of the document itself, or a path whose declaration, or that of one below it, promises objects on the way. */
function leadsThroughObjects(path: FieldPath, collection: CollectionInfo): boolean {
  return path.length === 1 || isDeclared(collection, path)
}
