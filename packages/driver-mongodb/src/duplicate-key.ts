import type { IndexInfo } from "@nosql/core/driver"
import { formatPath } from "@nosql/core/driver"

/** Which unique index refused a value. */
export interface DuplicateKey {
  readonly index: string
  readonly paths: readonly string[]
}

/** What the server says of it: as data, or in its text alone (bulk writes). Nothing behind the index's name is read, as values stand there. */
export function duplicateKey(
  { message, keyPattern }: { readonly message: string; readonly keyPattern?: unknown },
  indexes: readonly IndexInfo[] = [],
): DuplicateKey {
  const name = /index: (.+?) dup key:/.exec(message)?.[1] ?? "unknown"
  const index = name.replace(/^.*\.\$/, "") // "db.collection.$name" before 4.2
  if (typeof keyPattern === "object" && keyPattern !== null) return { index, paths: Object.keys(keyPattern) }
  const declared = indexes.find((info) => info.name === index)
  return { index, paths: declared?.keys.map(({ path }) => formatPath(path)) ?? pathsOfName(index) }
}

/** MongoDB names an index `a_1_b_-1` where nobody does. */
function pathsOfName(index: string): string[] {
  if (index === "_id_") return ["_id"]
  const part = /(.+?)_(?:-?1|hashed)(?:_|$)/y
  const paths: string[] = []
  while (part.lastIndex < index.length) {
    const path = part.exec(index)?.[1]
    if (path === undefined) return []
    paths.push(path)
  }
  return paths
}
