import { formatPath, isIdPath } from "../ast/path.ts"
import type { IndexInfo } from "../driver/collection-info.ts"

interface IndexComparison {
  readonly missing: readonly IndexInfo[]
  readonly existing: readonly string[]
  readonly differing: readonly { readonly name: string; readonly problem: string }[]
}

/**
 * Matches declared indexes with those of the store by their keys. What is there with other options is reported and left:
 * changing an index under an application that runs is its operator's decision.
 */
export function compareIndexes(declared: readonly IndexInfo[], found: readonly IndexInfo[]): IndexComparison {
  const missing: IndexInfo[] = []
  const existing: string[] = []
  const differing: { name: string; problem: string }[] = []
  for (const index of declared) {
    const candidates = found.filter((other) => sameKeys(index, other))
    const twin = candidates.find((other) => problemOf(index, other) === undefined) ?? candidates[0]
    const clash = found.find(({ name }) => name === index.name)
    if (twin !== undefined) {
      const problem = problemOf(index, twin)
      if (problem === undefined) existing.push(twin.name)
      else differing.push({ name: twin.name, problem })
    } else if (clash !== undefined) {
      differing.push({ name: index.name, problem: "is there with other keys; drop it or rename yours" })
    } else missing.push(index)
  }
  return { missing, existing, differing }
}

/** The `_id` that ends an index is not compared: an index made elsewhere serves without it. */
function sameKeys(a: IndexInfo, b: IndexInfo): boolean {
  return keyText(a) === keyText(b)
}

function keyText({ keys, text }: IndexInfo): string {
  if (text !== undefined) return `text ${text.map(formatPath).sort().join(",")}`
  const own = isIdPath(keys.at(-1)?.path ?? []) ? keys.slice(0, -1) : keys
  return own.map(({ path, direction }) => `${formatPath(path)}:${direction}`).join(",")
}

function problemOf(declared: IndexInfo, found: IndexInfo): string | undefined {
  if (declared.unique !== found.unique)
    return found.unique ? "is unique and declared as not" : "is declared unique and is not"
  if (declared.expireAfterSeconds !== found.expireAfterSeconds)
    return `expires after ${found.expireAfterSeconds ?? "never"} and is declared with ${declared.expireAfterSeconds ?? "never"} (seconds)`
  if (found.building === true) return "is being built, and serves no query yet"
  if (found.hash !== undefined && partitionText(declared) !== partitionText(found))
    return `is spread by ${partitionText(found)} and is declared with ${partitionText(declared)}`
  return undefined
}

/** Only stores that have partitions tell them; the first key is the default. */
function partitionText({ hash, shards, keys }: IndexInfo): string {
  const paths = hash ?? keys.slice(0, 1).map(({ path }) => path)
  return paths.length === 0 ? `${shards} shards` : `hash [${paths.map(formatPath).join(", ")}]`
}
