import { type Capabilities, type Feature, features } from "@nosql/core/driver"

/** What a Map lacks and core cannot make up for. A collection that declares such an index is refused. */
const none: ReadonlySet<Feature> = new Set(["filter.text", "index", "index.unique", "index.text"])

/** All the rest is core's: it reads, filters, sorts and applies updates in this process. Say `native` of what you push down to a store. */
export const capabilities = Object.fromEntries(
  features.map((feature) => [feature, none.has(feature) ? "none" : "emulated"]),
) as Capabilities
