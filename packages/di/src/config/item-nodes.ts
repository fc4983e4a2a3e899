import type { ConfigNode } from "./config-node.ts"
import { type JsonSchema, typesOf } from "./json-schema.ts"
import { isIndexed, mergeByName } from "./merge-nodes.ts"

/** The items of a list by their indexes, in order: variables write a list as an object of them. */
export function itemNodes(node: ConfigNode | undefined): readonly (readonly [index: number, ConfigNode])[] {
  if (node?.kind === "list") return [...node.items.entries()]
  if (node?.kind !== "object") return []
  const items = mergeByName(node.entries.map((entry) => [entry.name, entry.node]))
  return [...items].map(([name, item]) => [Number(name), item] as const).sort(([a], [b]) => a - b)
}

/** Whether it is a list to its schema. */
export function isList(node: ConfigNode, schema: JsonSchema): boolean {
  if (node.kind !== "object") return node.kind === "list"
  return isIndexed(node) && typesOf(schema)?.has("array") === true
}
