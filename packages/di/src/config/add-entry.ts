import { type ConfigNode, type Entry, joinPath } from "./config-node.ts"
import type { ConfigProblem } from "./config-problem.ts"
import type { ConfigSource } from "./config-source.ts"
import { camelCase, nameKey, type Spelling } from "./spelling.ts"

/** What a reader knows of the place where it stands. */
export interface Place {
  readonly source: ConfigSource
  readonly path: string
  readonly spelling: Spelling
  readonly problems: ConfigProblem[]
}

/** Adds what is written under one name. */
export function addEntry(
  entries: Entry[],
  name: string,
  place: Place,
  read: (path: string) => ConfigNode | undefined,
): void {
  const { spelling } = place
  const node = read(joinPath(place.path, spelling === "code" ? name : camelCase(name)))
  if (node === undefined) return
  const before = entries.find((entry) => nameKey(entry.name) === nameKey(name))?.name
  entries.push({ name, spelling, before, node })
}
