import { type CollectionInfo, type FieldPath, formatPath, isArrayIndex } from "@nosql/core/driver"
import { isDeclared } from "./declared-facts.ts"

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
