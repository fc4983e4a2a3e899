import type { IndexDefinition } from "@nosql/contracts"
import { parsePath } from "../parse/parse-path.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { refuseUnknown } from "./refuse-unknown.ts"

/** Refuses an index that cannot be made anywhere; the result is frozen. */
export function checkIndex(index: IndexDefinition, context: CallContext): IndexDefinition {
  if (!isPlainObject(index) || !isPlainObject(index.keys))
    throw argumentError(
      context,
      "indexes",
      "an index is an object such as { keys: { email: 1 }, unique: true }",
    )
  refuseUnknown(index, ["keys", "name", "unique"], "indexes", context)
  if (index.name !== undefined && (typeof index.name !== "string" || index.name === ""))
    throw argumentError(context, "name", "the name of an index is a text")
  if (index.unique !== undefined && typeof index.unique !== "boolean")
    throw argumentError(context, "unique", "is true or false")
  const keys = Object.entries(index.keys)
  if (keys.length === 0) throw argumentError(context, "indexes", "an index has at least one key")
  for (const [path, direction] of keys) {
    parsePath(path, context)
    if (direction !== 1 && direction !== -1 && direction !== "text")
      throw argumentError(context, path, 'an index key is 1, -1 or "text"')
  }
  const texts = keys.filter(([, direction]) => direction === "text").length
  if (texts > 0 && texts < keys.length)
    throw argumentError(context, "indexes", "an index is either of ordered keys or of text; declare two")
  if (texts > 0 && index.unique) throw argumentError(context, "unique", "a text index is not unique")
  return Object.freeze({ ...index, keys: Object.freeze({ ...index.keys }) })
}
