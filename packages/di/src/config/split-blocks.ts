import { nearestName } from "@nosql/core/driver"
import { isDriver } from "../drivers/is-driver.ts"
import type { ConfigNode, Entry, ObjectNode } from "./config-node.ts"
import { nameKey, spellingsOf } from "./spelling.ts"

/** What is no setting of ours. */
interface Blocks {
  readonly names: readonly string[]
  /** Names that are ours. */
  readonly settings: readonly string[]
  /** Whether there may be blocks of other names, because a driver was not loaded that could tell its own. */
  readonly others: boolean
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

function isForeign({ name, spelling, node }: Entry, { names, settings, others }: Blocks): boolean {
  if (names.some((block) => spellingsOf(block, spelling).includes(name))) return true
  if (node.kind === "value") return isDriver(node.value)
  return others && node.kind === "object" && nearestName(name, [...names, ...settings]) === undefined
}

function inItems(node: ConfigNode, blocks: Blocks): ConfigNode {
  const inItem = (item: ConfigNode) => (item.kind === "object" ? without(item, blocks) : item)
  if (node.kind === "list") return { ...node, items: node.items.map(inItem) }
  if (node.kind !== "object") return node
  return { ...node, entries: node.entries.map((entry) => ({ ...entry, node: inItem(entry.node) })) }
}
