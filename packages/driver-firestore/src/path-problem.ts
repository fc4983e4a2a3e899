import { type CollectionInfo, type FieldPath, formatPath, isArrayIndex } from "@nosql/core/driver"
import { isDeclared } from "./declared-facts.ts"

/** Why a query cannot name a path. */
export function pathProblem(path: FieldPath, collection: CollectionInfo): string | undefined {
  if (path.length > 20) return "Firestore's paths have at most 20 parts"
  // A digit may index an array in the portable language; Firestore knows it as a name only.
  return path.slice(1).some(isArrayIndex) && !isDeclared(collection, path)
    ? `"${formatPath(path)}" may index an array, which Firestore cannot`
    : undefined
}
