import type { Place } from "./add-entry.ts"
import type { ConfigNode } from "./config-node.ts"
import { nodeOf } from "./node-of.ts"
import { nameKey } from "./spelling.ts"

/**
 * The text of a variable. A top-level setting that is no plain value (`backends`, a driver's block) may be JSON, which is read at once so
 * that later sources can be laid over its parts; deeper down the schema says later what a text means.
 *
 * @param textNames the top-level settings that are plain values, by `nameKey`.
 */
export function textNode(text: string, place: Place, textNames: ReadonlySet<string>): ConfigNode | undefined {
  const { source, path, problems } = place
  const top = !/[.[]/.test(path)
  if (!top || textNames.has(nameKey(path)) || !/^\s*[[{]/.test(text)) {
    return { kind: "value", value: text, text: true, source, path }
  }
  try {
    return nodeOf(JSON.parse(text), { ...place, spelling: "file" })
  } catch {
    // The parser's message quotes the text.
    problems.push({ source, path, problem: "this is no valid JSON" })
    return undefined
  }
}
