import type { Capabilities } from "@nosql/core/driver"

/** Everything that was native is core's to do; indexes and strong reads stay. */
export function emulateAll(capabilities: Capabilities): Capabilities {
  const kept = new Set(["index", "index.unique", "consistency.strong"])
  const entries = Object.entries(capabilities).map(([feature, support]) => {
    return [feature, support === "native" && !kept.has(feature) ? "emulated" : support]
  })
  return Object.fromEntries(entries) as Capabilities
}
