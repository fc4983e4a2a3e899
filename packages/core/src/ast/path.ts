import type { FieldPath } from "./filter.ts"

/** Of the paths that were read from text, the text: putting it together again costs more than all else that is done with it. */
const texts = new WeakMap<FieldPath, string>()

/** A frozen path, as `"address.city"` is read: its text is kept for `formatPath`. */
export function pathOf(segments: readonly string[], text: string): FieldPath {
  const path = Object.freeze([...segments])
  texts.set(path, text)
  return path
}

/** A path as users write it: `"address.city"`. */
export function formatPath(path: FieldPath): string {
  return path.length === 1 ? (path[0] as string) : (texts.get(path) ?? path.join("."))
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

/** The path of the document's `_id`. */
export const idPath: FieldPath = Object.freeze(["_id"])

/** Whether a path is that of the document's `_id`. */
export function isIdPath(path: FieldPath): boolean {
  return path.length === 1 && path[0] === "_id"
}
