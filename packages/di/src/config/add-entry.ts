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

/** Adds what is written under one name; the same name in two spellings is a problem. */
export function addEntry(
  entries: Map<string, Entry>,
  name: string,
  place: Place,
  read: (path: string) => ConfigNode | undefined,
): void {
  const { source, spelling, problems } = place
  const path = joinPath(place.path, spelling === "code" ? name : camelCase(name))
  const node = read(path)
  if (node === undefined) return
  const before = entries.get(nameKey(name))
  if (before !== undefined)
    problems.push({ source, path, problem: `given twice, as ${before.name} and ${name}` })
  entries.set(nameKey(name), { name, spelling, node })
}
