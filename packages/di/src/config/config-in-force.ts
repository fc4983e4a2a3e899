import { joinPath, type ObjectNode } from "./config-node.ts"
import { formatSource } from "./config-source.ts"
import { describeObject } from "./describe-object.ts"
import { type GeneralSettings, generalJsonSchema } from "./general-schema.ts"
import { itemsOf, propertiesOf } from "./json-schema.ts"
import type { LoadedStore } from "./load-store.ts"
import type { LoadedConfig, SettingDescription, StoreConfig } from "./loaded-config.ts"
import type { StoreNode } from "./store-nodes.ts"
import { locate } from "./validate.ts"

/** A configuration without problems, put together. */
export function configInForce(
  settings: GeneralSettings,
  own: ObjectNode,
  nodes: readonly StoreNode[],
  loaded: readonly LoadedStore[],
): LoadedConfig {
  const { driver: _driver, backends, ...shared } = propertiesOf(generalJsonSchema)
  const { driver: _own, ...ofBackend } = propertiesOf(itemsOf(backends ?? {}))
  return {
    settings,
    enabledSource: locate(own, ["enabled"], generalJsonSchema).source,
    stores: nodes.map(({ entry, index }, i): StoreConfig => {
      const { name = "default", primary = true } = (entry && settings.backends[index]) ?? {}
      return { ...(loaded[i] as LoadedStore), name, primary: primary || nodes.length === 1 }
    }),
    description: [
      ...describeObject(own, { properties: shared }, ""),
      ...nodes.flatMap(({ entry, driver }, i): SettingDescription[] => {
        const path = entry?.path ?? ""
        const store = loaded[i] as LoadedStore
        return [
          ...(entry === undefined ? [] : describeObject(entry, { properties: ofBackend }, path)),
          {
            path: joinPath(path, "driver"),
            value: store.driver.name,
            source: driver === undefined ? "default" : formatSource(driver.source),
          },
          ...store.description,
        ]
      }),
    ],
  }
}
