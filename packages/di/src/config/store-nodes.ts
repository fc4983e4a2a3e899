import type { Driver } from "@nosql/core"
import { isDriver } from "../drivers/is-driver.ts"
import type { DriverUse } from "../drivers/load-drivers.ts"
import type { ConfigNode, ObjectNode } from "./config-node.ts"
import type { ConfigSource } from "./config-source.ts"
import { generalJsonSchema } from "./general-schema.ts"
import { itemNodes } from "./item-nodes.ts"
import { propertiesOf } from "./json-schema.ts"
import { settingNode } from "./setting-node.ts"

const defaultDriver = String(propertiesOf(generalJsonSchema)["driver"]?.default)

/** A store as it was written. */
export interface StoreNode {
  /** Its entry of `backends`; undefined for the one store of a configuration without. */
  readonly entry: ObjectNode | undefined
  readonly index: number
  /** Undefined: what stands there names no driver, which the schema reports. */
  readonly driver: DriverUse | DriverObject | undefined
}

/** A driver that the user made. */
interface DriverObject {
  readonly object: Driver
  readonly source: ConfigSource
}

/** The stores that a configuration asks for. */
export function storeNodes(tree: ObjectNode): readonly StoreNode[] {
  const entries = itemNodes(settingNode(tree, "backends"))
  const shared = settingNode(tree, "driver")
  if (entries.length === 0) return [{ entry: undefined, index: 0, driver: driverOf(shared) }]
  return entries.flatMap(([, entry], index) =>
    entry.kind === "object" ? { entry, index, driver: driverOf(settingNode(entry, "driver") ?? shared) } : [],
  )
}

function driverOf(node: ConfigNode | undefined): StoreNode["driver"] {
  if (node === undefined) return { word: defaultDriver, source: { kind: "default" }, path: "driver" }
  if (node.kind !== "value") return undefined
  if (isDriver(node.value)) return { object: node.value, source: node.source }
  return typeof node.value === "string"
    ? { word: node.value, source: node.source, path: node.path }
    : undefined
}
