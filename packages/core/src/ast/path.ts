import type { FieldPath } from "./filter.ts"

/** A path as users write it: `"address.city"`. */
export function formatPath(path: FieldPath): string {
  return path.length === 1 ? (path[0] as string) : path.join(".")
}

/** Whether the paths have the same segments. */
export function samePath(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && overlaps(a, b)
}

/** Whether the paths are equal or one lies below the other. */
export function overlaps(a: FieldPath, b: FieldPath): boolean {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Whether a path is that of the document's `_id`. */
export function isIdPath(path: FieldPath): boolean {
  return path.length === 1 && path[0] === "_id"
}
