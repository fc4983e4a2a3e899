import { nearestName } from "@nosql/core/driver"
import { isDriver } from "../drivers/is-driver.ts"
import type { ConfigNode, Entry, ObjectNode } from "./config-node.ts"
import { nameKey, spellingsOf } from "./spelling.ts"

/** What is no setting of ours. */
interface Blocks {
  readonly names: readonly string[]
  /** Names that are ours. */
  readonly settings: readonly string[]
}

/** The configuration without the drivers' blocks, and without drivers that are objects: what the general schema describes. */
export function splitBlocks(tree: ObjectNode, blocks: Blocks): ObjectNode {
  const own = without(tree, blocks)
  const entries = own.entries.map((entry) =>
    nameKey(entry.name) === "backends" ? { ...entry, node: inItems(entry.node, blocks) } : entry,
  )
  return { ...own, entries }
}

function without(node: ObjectNode, blocks: Blocks): ObjectNode {
  return { ...node, entries: node.entries.filter((entry) => !isForeign(entry, blocks)) }
}

function isForeign({ name, spelling, node }: Entry, { names, settings }: Blocks): boolean {
  if (names.some((block) => spellingsOf(block, spelling).includes(name))) return true
  if (node.kind === "value") return isDriver(node.value)
  // The block of a driver that is not in use, and so not known, unless it looks like a name that is.
  return node.kind === "object" && nearestName(name, [...names, ...settings]) === undefined
}

function inItems(node: ConfigNode, blocks: Blocks): ConfigNode {
  const inItem = (item: ConfigNode) => (item.kind === "object" ? without(item, blocks) : item)
  if (node.kind === "list") return { ...node, items: node.items.map(inItem) }
  if (node.kind !== "object") return node
  return { ...node, entries: node.entries.map((entry) => ({ ...entry, node: inItem(entry.node) })) }
}
