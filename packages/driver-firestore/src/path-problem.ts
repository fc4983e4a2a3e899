import { type CollectionInfo, type FieldPath, formatPath, isArrayIndex, isIdPath } from "@nosql/core/driver"
import { isDeclared } from "./declared-facts.ts"
import type { FirestoreCollection } from "./firestore-collection.ts"

/** https://firebase.google.com/docs/firestore/quotas#collections_documents_and_fields */
export const maxPathBytes = 1500

/** Why a query cannot name a path. */
export function pathProblem(path: FieldPath, collection: CollectionInfo): string | undefined {
  if (path.length > 20) return "Firestore's paths have at most 20 parts"
  if (Buffer.byteLength(formatPath(path)) > maxPathBytes) return "Firestore's paths have at most 1,500 bytes"
  // A digit may index an array in the portable language; Firestore knows it as a name only.
  return path.slice(1).some(isArrayIndex) && !isDeclared(collection, path)
    ? `"${formatPath(path)}" may index an array, which Firestore cannot`
    : undefined
}

/** Why a query cannot test a path. The names of a collection group are paths, which Firestore compares part by part, and takes nothing else for. */
export function testProblem(path: FieldPath, collection: FirestoreCollection): string | undefined {
  return collection.group !== undefined && isIdPath(path)
    ? "the ids of a collection group are compared in this process"
    : pathProblem(path, collection)
}
