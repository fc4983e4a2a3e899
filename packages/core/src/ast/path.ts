import type { FieldPath } from "./filter.ts"

export function formatPath(path: FieldPath): string {
  return path.join(".")
}

export function samePath(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && a.every((segment, i) => segment === b[i])
}

/** Whether the paths are equal or one lies below the other. */
export function overlaps(a: FieldPath, b: FieldPath): boolean {
  const shorter = a.length < b.length ? a : b
  return shorter.every((segment, i) => segment === (shorter === a ? b : a)[i])
}

export function isIdPath(path: FieldPath): boolean {
  return path.length === 1 && path[0] === "_id"
}
