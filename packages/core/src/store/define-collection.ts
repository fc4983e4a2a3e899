import type { CollectionDefinition, CollectionOptions, Document, IndexDefinition } from "@nosql/contracts"
import { parsePath } from "../parse/parse-path.ts"
import { argumentError } from "../values/argument-error.ts"
import { parseDeclaration } from "./field-declaration.ts"

const context = { operation: "defineCollection" }
const namePattern = /^[A-Za-z][A-Za-z0-9_-]{0,127}$/

/**
 * Describes a collection once, as data that the compiler, the planner and the store all read.
 *
 * @example
 * const Users = defineCollection<User>("users", {
 *   fields: { status: "string", age: "number?" },
 *   indexes: [{ keys: { email: 1 }, unique: true }, { keys: { status: 1, age: -1 } }],
 * })
 * @throws NoSQLError `invalid-argument`: a bad name, path, kind or index.
 */
export function defineCollection<T extends object = Document>(
  name: string,
  options: CollectionOptions<T> = {},
): CollectionDefinition<T> {
  checkCollectionName(name, context.operation)
  const fields = { ...options.fields } as CollectionDefinition<T>["fields"]
  for (const [path, declaration] of Object.entries(fields)) {
    parsePath(path, context)
    parseDeclaration(path, declaration)
  }
  const indexes = (options.indexes ?? []).map(checkIndex)
  return Object.freeze({
    name,
    fields: Object.freeze(fields),
    indexes: Object.freeze(indexes),
    ids: options.ids ?? "auto",
  })
}

export function checkCollectionName(name: string, operation: string): void {
  if (namePattern.test(name) && !/^system/i.test(name)) return
  throw argumentError(
    { operation },
    "name",
    "a collection name is a letter, then up to 127 letters, digits, _ or -, and does not begin with system",
  )
}

function checkIndex(index: IndexDefinition): IndexDefinition {
  const keys = Object.entries(index.keys)
  if (keys.length === 0) throw argumentError(context, "indexes", "an index has at least one key")
  for (const [path, direction] of keys) {
    parsePath(path, context)
    if (direction !== 1 && direction !== -1) throw argumentError(context, path, "an index key is 1 or -1")
  }
  return Object.freeze({ ...index, keys: Object.freeze({ ...index.keys }) })
}
