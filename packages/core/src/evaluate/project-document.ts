import type { Document, Value } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import type { Projection } from "../ast/query.ts"
import { kindOf } from "../values/compare-values.ts"
import { defineField } from "../values/plain-object.ts"

/**
 * The selected fields of a document, those that it has. A parent with no selected child is left out; an include path that meets an array
 * takes the whole array, an exclude path that meets one leaves it whole.
 */
export function projectDocument(document: Document, { kind, paths, id }: Projection): Document {
  const all = id ? [...paths, ["_id"]] : paths
  if (kind === "include") return (included(document, all) as Document | undefined) ?? {}
  return excluded(document, id ? paths : [...paths, ["_id"]]) as Document
}

/** The part of a value that the paths lead to; undefined where they lead nowhere. */
function included(value: Value, paths: readonly FieldPath[]): Value | undefined {
  if (paths.some((path) => path.length === 0) || kindOf(value) === "array") return value
  if (kindOf(value) !== "object") return undefined
  const part: Document = {}
  const fields = value as Document
  for (const field of Object.keys(fields)) {
    const below = pathsBelow(paths, field)
    const kept = below.length === 0 ? undefined : included(fields[field] as Value, below)
    if (kept !== undefined) defineField(part, field, kept)
  }
  return Object.keys(part).length === 0 ? undefined : part
}

function excluded(value: Value, paths: readonly FieldPath[]): Value {
  if (kindOf(value) !== "object") return value
  const rest: Document = {}
  const fields = value as Document
  for (const field of Object.keys(fields)) {
    const below = pathsBelow(paths, field)
    if (below.some((path) => path.length === 0)) continue
    defineField(
      rest,
      field,
      below.length === 0 ? (fields[field] as Value) : excluded(fields[field] as Value, below),
    )
  }
  return rest
}

function pathsBelow(paths: readonly FieldPath[], field: string): FieldPath[] {
  return paths.filter(([first]) => first === field).map((path) => path.slice(1))
}
