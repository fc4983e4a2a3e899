import { isDriver } from "../drivers/is-driver.ts"
import { addEntry, type Place } from "./add-entry.ts"
import { type ConfigNode, type Entry, joinPath } from "./config-node.ts"

/** A plain value as a configuration: the argument of `configure`, or the JSON text of a variable. */
export function nodeOf(value: unknown, place: Place): ConfigNode {
  const { source, path } = place
  if (Array.isArray(value)) {
    const items = value.map((item, i) => nodeOf(item, { ...place, path: joinPath(path, i) }))
    return { kind: "list", items, source, path }
  }
  if (!isPlain(value) || isDriver(value)) return { kind: "value", value, text: false, source, path }
  const entries: Entry[] = []
  for (const [name, item] of Object.entries(value)) {
    addEntry(entries, name, place, (inner) =>
      item === undefined ? undefined : nodeOf(item, { ...place, path: inner }),
    )
  }
  return { kind: "object", entries, source, path }
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
