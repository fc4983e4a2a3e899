import type { ConfigNode, ObjectNode } from "./config-node.ts"

/** Lays one source over another: objects name by name, a list's items by index (`BACKENDS__0__NAME`); anything else is replaced whole. */
export function mergeNodes(under: ConfigNode, over: ConfigNode): ConfigNode {
  if (over.kind === "object" && under.kind === "object") return mergeObjects(under, over)
  if (over.kind === "object" && under.kind === "list" && isIndexed(over)) {
    return mergeObjects(indexed(under.items, under), over)
  }
  return over
}

export function mergeObjects(under: ObjectNode, over: ObjectNode): ObjectNode {
  return { ...over, entries: [...under.entries, ...over.entries] }
}

/** What is written under each name, the later over the earlier. */
export function mergeByName(
  pairs: readonly (readonly [name: string, node: ConfigNode])[],
): ReadonlyMap<string, ConfigNode> {
  const nodes = new Map<string, ConfigNode>()
  for (const [name, node] of pairs) {
    const under = nodes.get(name)
    nodes.set(name, under === undefined ? node : mergeNodes(under, node))
  }
  return nodes
}

/** An object whose names are a list's indexes, as variables write it. */
export function isIndexed({ entries }: ObjectNode): boolean {
  return entries.length > 0 && entries.every(({ name }) => /^\d{1,3}$/.test(name))
}

function indexed(items: readonly ConfigNode[], { source, path }: ConfigNode): ObjectNode {
  const entries = items.map(
    (node, i) => ({ name: String(i), spelling: "variable", before: undefined, node }) as const,
  )
  return { kind: "object", entries, source, path }
}
