import type { ConfigNode } from "./config-node.ts"
import { joinPath } from "./config-node.ts"
import { formatSource } from "./config-source.ts"
import { type JsonSchema, propertiesOf } from "./json-schema.ts"
import type { SettingDescription } from "./loaded-config.ts"
import { materialize } from "./materialize.ts"
import { redactValue } from "./redact.ts"
import { settingNode } from "./setting-node.ts"

/** Every property of a schema that has a value: as it was set, as another option implies it, or by default. */
export function describeObject(
  node: ConfigNode | undefined,
  schema: JsonSchema,
  path: string,
  implied: ReadonlyMap<string, { readonly value: unknown; readonly by: string }> = new Map(),
): SettingDescription[] {
  return Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    const at = joinPath(path, name)
    const set = node === undefined ? undefined : settingNode(node, name)
    if (set?.kind === "object" && Object.keys(propertiesOf(property)).length > 0) {
      return describeObject(set, property, at)
    }
    const told = (value: unknown, source: string): SettingDescription[] => [
      { path: at, value: redactValue(value, name, property), source },
    ]
    if (set !== undefined) return told(materialize(set, property, []), formatSource(set.source))
    const other = implied.get(name)
    if (other !== undefined) return told(other.value, formatSource({ kind: "option", name: other.by }))
    return property.default === undefined ? [] : told(property.default, "default")
  })
}
