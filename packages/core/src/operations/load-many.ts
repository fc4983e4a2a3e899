import type { Collection, ReadOptions, WithId } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import { getPath } from "../values/get-path.ts"

/** The documents of another collection that a path refers to, by id; the ids are asked for once each, in batches. */
export async function loadMany<R>(
  documents: readonly object[],
  path: FieldPath,
  collection: Collection<R>,
  options: ReadOptions,
): Promise<Map<string, WithId<R>>> {
  const ids = new Set(documents.flatMap((document) => references(getPath(document as never, path))))
  const wanted = [...ids]
  const found = await collection.getMany(wanted, options)
  return new Map(found.flatMap((document, i) => (document === null ? [] : [[wanted[i] as string, document]])))
}

/** One id, or an array of them; what is missing or null refers to nothing. */
function references(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter(isReference)
}

function isReference(value: unknown): value is string {
  return typeof value === "string" && value !== ""
}
