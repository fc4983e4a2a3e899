import type { ConfigNode, Entry, ObjectNode } from "./config-node.ts"

/** Lays one source over another: objects name by name, a list's items by index (`BACKENDS__0__NAME`); anything else is replaced whole. */
export function mergeNodes(under: ConfigNode, over: ConfigNode): ConfigNode {
  if (over.kind === "object" && under.kind === "object") return mergeObjects(under, over)
  if (over.kind === "object" && under.kind === "list" && isIndexed(over)) {
    return mergeObjects(indexed(under.items, under), over)
  }
  return over
}

export function mergeObjects(under: ObjectNode, over: ObjectNode): ObjectNode {
  const entries = new Map(under.entries)
  for (const [key, entry] of over.entries) {
    const below = entries.get(key)
    entries.set(key, below === undefined ? entry : { ...entry, node: mergeNodes(below.node, entry.node) })
  }
  return { ...over, entries }
}

/** An object whose names are a list's indexes, as variables write it. */
export function isIndexed(node: ObjectNode): boolean {
  return node.entries.size > 0 && [...node.entries.keys()].every((key) => /^\d{1,3}$/.test(key))
}

function indexed(items: readonly ConfigNode[], { source, path }: ConfigNode): ObjectNode {
  const entries = items.map((node, i): [string, Entry] => [
    String(i),
    { name: String(i), spelling: "variable", node },
  ])
  return { kind: "object", entries: new Map(entries), source, path }
}
