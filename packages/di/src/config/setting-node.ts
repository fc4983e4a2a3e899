import type { ConfigNode } from "./config-node.ts"
import { mergeNodes } from "./merge-nodes.ts"
import { nameKey } from "./spelling.ts"

/** What is written under a setting's name, in whatever spelling, the later over the earlier. */
export function settingNode(node: ConfigNode, name: string): ConfigNode | undefined {
  if (node.kind !== "object") return undefined
  const [first, ...others] = node.entries
    .filter((entry) => nameKey(entry.name) === nameKey(name))
    .map((entry) => entry.node)
  return first === undefined ? undefined : others.reduce(mergeNodes, first)
}
