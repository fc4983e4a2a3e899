import type { FieldPath, FilterNode } from "./filter.ts"
import { samePath } from "./path.ts"

/** The one path that a filter asks about, or undefined where it asks about several or none. */
export function subjectOf(node: FilterNode): FieldPath | undefined {
  switch (node.kind) {
    case "true":
    case "false":
    case "text":
      return undefined
    case "not":
      return subjectOf(node.filter)
    case "and":
    case "or": {
      const [first, ...others] = node.filters.map(subjectOf)
      const same = first !== undefined && others.every((path) => path !== undefined && samePath(path, first))
      return same ? first : undefined
    }
    default:
      return node.path
  }
}

/** The same question about the value itself: the filter without its one path. */
export function withoutSubject(node: FilterNode): FilterNode {
  switch (node.kind) {
    case "true":
    case "false":
    case "text":
      return node
    case "not":
      return { kind: "not", filter: withoutSubject(node.filter) }
    case "and":
    case "or":
      return { kind: node.kind, filters: node.filters.map(withoutSubject) }
    default:
      return { ...node, path: [] }
  }
}
