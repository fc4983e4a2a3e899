import type { IndexDefinition } from "@nosql/contracts"
import { printIndexKeys } from "../driver/print-index-keys.ts"
import { asPairs, orderedPairs, type Pair } from "../parse/ordered-pairs.ts"
import { parsePath } from "../parse/parse-path.ts"
import { refuseUnknown } from "../store/refuse-unknown.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { indexNameProblem } from "./index-name-problem.ts"

/**
 * Refuses an index that cannot be made anywhere; the result is frozen.
 *
 * @param at where it stands, for errors: `indexes[0]`. @default "", the call's own argument
 */
export function checkIndex(index: IndexDefinition, context: CallContext, at = ""): IndexDefinition {
  const place: Place = (part) => (at === "" ? part : `${at}.${part}`)
  if (!isPlainObject(index))
    throw argumentError(context, at, "an index is an object such as { keys: { email: 1 }, unique: true }")
  refuseBareKeys(index, context, at)
  refuseUnknown(index, ["keys", "name", "unique", "hash", "shards"], at, context)
  const nameProblem = index.name === undefined ? undefined : indexNameProblem(index.name)
  if (nameProblem !== undefined) throw argumentError(context, place("name"), nameProblem)
  if (index.unique !== undefined && typeof index.unique !== "boolean")
    throw argumentError(context, place("unique"), "is true or false")
  const keys = checkKeys(index, context, place)
  checkPartitions(index, keys, context, place)
  return Object.freeze({ ...index, keys: frozenKeys(index.keys, keys) })
}

/** The path of a part of the index, for errors. */
type Place = (part: string) => string

/** MongoDB's own form is the keys alone. */
function refuseBareKeys(index: object, context: CallContext, at: string): void {
  const pairs = Object.entries(index)
  if (Object.hasOwn(index, "keys") || pairs.length === 0 || !pairs.every(isKey)) return
  const written = `{ keys: ${printIndexKeys(pairs)} }`
  const remedy = at === "" ? `${context.operation}(${written})` : written
  throw argumentError(context, at === "" ? "keys" : `${at}.keys`, `is missing; write ${remedy}`)
}

type IndexKey = readonly [path: string, direction: 1 | -1 | "text"]

function isKey(pair: Pair): pair is IndexKey {
  const [, direction] = pair
  return direction === 1 || direction === -1 || direction === "text"
}

function checkKeys(index: IndexDefinition, context: CallContext, place: Place): readonly Pair[] {
  const at = place("keys")
  const takes = "are an object such as { status: 1, createdAt: -1 }, or pairs"
  const keys = orderedPairs(index.keys, { path: at, nested: true, takes, remedy: asPairs }, context)
  if (keys.length === 0) throw argumentError(context, at, "an index has at least one key")
  for (const pair of keys) {
    const [path] = pair
    parsePath(path, context, `${at}.${path}`)
    if (!isKey(pair)) throw argumentError(context, `${at}.${path}`, 'an index key is 1, -1 or "text"')
  }
  const texts = keys.filter(([, direction]) => direction === "text").length
  if (texts > 0 && texts < keys.length)
    throw argumentError(context, at, "an index is either of ordered keys or of text; declare two")
  if (texts > 0 && index.unique) throw argumentError(context, place("unique"), "a text index is not unique")
  return keys
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
  place: Place,
): void {
  if (hash !== undefined) {
    const refuse = (problem: string) => argumentError(context, place("hash"), problem)
    if (!Array.isArray(hash)) throw refuse('is an array of keys, such as ["status"]')
    if (keys.some(([, direction]) => direction === "text")) throw refuse("is not for text indexes")
    if (new Set(hash).size < hash.length) throw refuse("names a key twice")
    if (![...hash].every((path) => keys.some(([key]) => key === path)))
      throw refuse("names keys of the index only")
  }
  if (shards === undefined) return
  if (hash === undefined || hash.length > 0)
    throw argumentError(context, place("shards"), "go with hash: [], which spreads the index over them")
  if (!Number.isInteger(shards) || shards < 1 || shards > mostShards)
    throw argumentError(context, place("shards"), `is a whole number from 1 to ${mostShards}`)
}
