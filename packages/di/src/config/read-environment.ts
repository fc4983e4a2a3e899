import { addEntry, type Place } from "./add-entry.ts"
import { type ConfigNode, type Entry, joinPath, type ObjectNode } from "./config-node.ts"
import type { ConfigProblem } from "./config-problem.ts"
import type { ConfigSource } from "./config-source.ts"
import { mergeNodes } from "./merge-nodes.ts"
import { textNode } from "./text-node.ts"

export const environmentPrefix = "LEX_NOSQL__"

/**
 * The settings of `LEX_NOSQL__…`, `__` between the parts of a path. Lists by index (`LEX_NOSQL__BACKENDS__0__NAME`); `textNames` are
 * the top-level settings that are plain values: any other may be given whole, as JSON text. An empty variable is not set.
 */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  textNames: ReadonlySet<string>,
  problems: ConfigProblem[],
): ObjectNode | undefined {
  // Short ones first: what is given whole lies under what is given part by part.
  const variables = Object.keys(env)
    .filter((name) => name.startsWith(environmentPrefix) && env[name])
    .sort((a, b) => segmentsOf(a).length - segmentsOf(b).length || (a < b ? -1 : 1))
  let tree: ConfigNode | undefined
  for (const name of variables) {
    const node = readVariable(name, env[name] ?? "", textNames, problems)
    if (node !== undefined) tree = tree === undefined ? node : mergeNodes(tree, node)
  }
  return tree as ObjectNode | undefined
}

function segmentsOf(name: string): string[] {
  return name.slice(environmentPrefix.length).split("__")
}

function readVariable(
  name: string,
  text: string,
  textNames: ReadonlySet<string>,
  problems: ConfigProblem[],
): ConfigNode | undefined {
  const source: ConfigSource = { kind: "variable", name }
  const segments = segmentsOf(name)
  if (segments.some((segment) => segment === "")) {
    problems.push({ source, path: "", problem: "names no setting: the parts of a path have __ between them" })
    return undefined
  }
  const place = { source, spelling: "variable", problems } as const
  return within(segments, "", place, (path) => textNode(text, { ...place, path }, textNames))
}

/** The value, inside one object for each segment. */
function within(
  [segment, ...rest]: readonly string[],
  path: string,
  place: Omit<Place, "path">,
  value: (path: string) => ConfigNode | undefined,
): ConfigNode | undefined {
  if (segment === undefined) return value(path)
  const entries: Entry[] = []
  const index = /^\d+$/.test(segment) ? joinPath(path, Number(segment)) : undefined
  addEntry(entries, segment, { ...place, path }, (inner) => within(rest, index ?? inner, place, value))
  return entries.length === 0 ? undefined : { kind: "object", entries, source: place.source, path }
}
