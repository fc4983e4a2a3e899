import { formatPath, isIdPath } from "../ast/path.ts"
import type { IndexInfo } from "./collection-info.ts"

/** In what an index that is there is not the one that is wanted. */
export interface IndexDifference {
  readonly path: "keys" | "unique" | "expireAfterSeconds" | "hash"
  readonly problem: string
}

/** What to do about an index of the same name. */
export const nameRemedy = "drop it or rename yours"

/** Undefined where the one that is there does all that the wanted one would, whatever its name. */
export function indexDifference(wanted: IndexInfo, found: IndexInfo): IndexDifference | undefined {
  if (!sameKeys(wanted, found)) return { path: "keys", problem: "is there with other keys" }
  if (wanted.unique !== found.unique)
    return {
      path: "unique",
      problem: found.unique ? "is unique and is not to be" : "is to be unique and is not",
    }
  if (wanted.expireAfterSeconds !== found.expireAfterSeconds)
    return {
      path: "expireAfterSeconds",
      problem: `expires after ${found.expireAfterSeconds ?? "never"} and is to after ${wanted.expireAfterSeconds ?? "never"} (seconds)`,
    }
  if (found.hash !== undefined && partitionText(wanted) !== partitionText(found))
    return {
      path: "hash",
      problem: `is spread by ${partitionText(found)} and is to be by ${partitionText(wanted)}`,
    }
  return undefined
}

/** An index made elsewhere serves without the `_id` that ends it; in one that is unique, `_id` is a key like any other. */
export function sameKeys(a: IndexInfo, b: IndexInfo): boolean {
  if (keyText(a) === keyText(b)) return true
  if (a.unique && b.unique) return false
  return endsInId(a) !== endsInId(b) && keyText(withoutId(a)) === keyText(withoutId(b))
}

function keyText({ keys, text }: IndexInfo): string {
  if (text !== undefined) return `text ${text.map(formatPath).sort().join(",")}`
  return keys.map(({ path, direction }) => `${formatPath(path)}:${direction}`).join(",")
}

function endsInId({ keys }: IndexInfo): boolean {
  return isIdPath(keys.at(-1)?.path ?? [])
}

function withoutId(index: IndexInfo): IndexInfo {
  return endsInId(index) ? { ...index, keys: index.keys.slice(0, -1) } : index
}

/** Only stores that have partitions tell them; the first key is the default. */
function partitionText({ hash, shards, keys }: IndexInfo): string {
  const paths = hash ?? keys.slice(0, 1).map(({ path }) => path)
  return paths.length === 0 ? `${shards} shards` : `hash [${paths.map(formatPath).join(", ")}]`
}
