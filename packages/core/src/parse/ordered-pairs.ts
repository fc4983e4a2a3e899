import { argumentError, type CallContext } from "../values/argument-error.ts"
import { isArrayIndex } from "../values/get-path.ts"
import { isPlainObject } from "../values/plain-object.ts"

export type Pair = readonly [key: string, value: unknown]

/** What keys in an order are for, in the words of errors. */
export interface PairsOf {
  /** The path of the whole. */
  readonly path: string
  /** Set where the path of a key is that of the whole and the key. */
  readonly nested?: true
  /** What it takes. */
  readonly takes: string
  /** How to keep an order that an object loses. */
  readonly remedy: string
}

export const asPairs = 'write them as pairs, such as [["city", 1], ["2024", -1]]'

/** Keys in their order: those of an object, or pairs, which hold any order. */
export function orderedPairs(given: unknown, of: PairsOf, context: CallContext): readonly Pair[] {
  if (isPairs(given)) {
    const twice = given.find(([key], index) => given.findIndex(([other]) => other === key) < index)
    if (twice !== undefined) throw argumentError(context, keyPath(of, twice[0]), "is a key twice")
    return given
  }
  if (!isPlainObject(given)) throw argumentError(context, of.path, of.takes)
  const pairs = Object.entries(given)
  const lost = unordered(pairs)
  if (lost === undefined) return pairs
  throw argumentError(
    context,
    keyPath(of, lost),
    `JavaScript puts a key of digits first in an object, wherever it was written; ${of.remedy}`,
  )
}

function keyPath({ path, nested }: PairsOf, key: string): string {
  return nested ? `${path}.${key}` : key
}

/** The key whose place among several an object does not keep. */
export function unordered(pairs: readonly Pair[]): string | undefined {
  return pairs.length < 2 ? undefined : pairs.find(([key]) => isArrayIndex(key))?.[0]
}

function isPairs(given: unknown): given is readonly Pair[] {
  return (
    Array.isArray(given) &&
    // A place left empty is passed over by `every` alone.
    [...given].every((pair) => Array.isArray(pair) && pair.length === 2 && typeof pair[0] === "string")
  )
}
