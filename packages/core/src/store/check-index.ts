import type { IndexDefinition } from "@nosql/contracts"
import { asPairs, orderedPairs, type Pair, type PairsOf } from "../parse/ordered-pairs.ts"
import { parsePath } from "../parse/parse-path.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { refuseUnknown } from "./refuse-unknown.ts"

/** Refuses an index that cannot be made anywhere; the result is frozen. */
export function checkIndex(index: IndexDefinition, context: CallContext): IndexDefinition {
  if (!isPlainObject(index))
    throw argumentError(
      context,
      "indexes",
      "an index is an object such as { keys: { email: 1 }, unique: true }",
    )
  refuseUnknown(index, ["keys", "name", "unique", "hash", "shards"], "indexes", context)
  if (index.name !== undefined && (typeof index.name !== "string" || index.name === ""))
    throw argumentError(context, "name", "the name of an index is a text")
  if (index.unique !== undefined && typeof index.unique !== "boolean")
    throw argumentError(context, "unique", "is true or false")
  const keys = orderedPairs(index.keys, indexKeys, context)
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
  checkPartitions(index, keys, context)
  return Object.freeze({ ...index, keys: frozenKeys(index.keys, keys) })
}

const indexKeys: PairsOf = {
  path: "keys",
  takes: "are an object such as { status: 1, createdAt: -1 }, or pairs",
  remedy: asPairs,
}

/** As they were written: an object, or pairs. */
function frozenKeys(written: IndexDefinition["keys"], pairs: readonly Pair[]): IndexDefinition["keys"] {
  const copy = Array.isArray(written)
    ? pairs.map((pair) => Object.freeze([...pair]))
    : Object.fromEntries(pairs)
  return Object.freeze(copy) as IndexDefinition["keys"]
}

const mostShards = 100

/** The keys that choose the partition are keys of the index; only an index without them is spread over shards. */
function checkPartitions(
  { hash, shards }: IndexDefinition,
  keys: readonly Pair[],
  context: CallContext,
): void {
  if (hash !== undefined) {
    if (!Array.isArray(hash)) throw argumentError(context, "hash", 'is an array of keys, such as ["status"]')
    if (keys.some(([, direction]) => direction === "text"))
      throw argumentError(context, "hash", "is not for text indexes")
    if (new Set(hash).size < hash.length) throw argumentError(context, "hash", "names a key twice")
    if (!hash.every((path) => keys.some(([key]) => key === path)))
      throw argumentError(context, "hash", "names keys of the index only")
  }
  if (shards === undefined) return
  if (hash === undefined || hash.length > 0)
    throw argumentError(context, "shards", "go with hash: [], which spreads the index over them")
  if (!Number.isInteger(shards) || shards < 1 || shards > mostShards)
    throw argumentError(context, "shards", `is a whole number from 1 to ${mostShards}`)
}
