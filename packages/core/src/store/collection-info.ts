import type { CollectionDefinition, IndexDefinition } from "@nosql/contracts"
import type { CollectionInfo, IndexInfo } from "../driver/collection-info.ts"

/** A declaration as planners see it. Non-unique indexes end in `_id`, so that pages have a total order to walk along. */
export function collectionInfo(source: CollectionDefinition<unknown> | string): CollectionInfo {
  if (typeof source === "string")
    return { name: source, declared: false, fields: {}, indexes: [], ids: "auto" }
  const { name, fields, ids } = source
  return { name, declared: true, fields, ids, indexes: source.indexes.map(indexInfo) }
}

function indexInfo(index: IndexDefinition): IndexInfo {
  const keys = Object.entries(index.keys).map(([path, direction]) => ({
    path: path.split("."),
    direction: direction as 1 | -1,
  }))
  const unique = index.unique ?? false
  const last = keys.at(-1)
  if (!unique && last !== undefined && !("_id" in index.keys))
    keys.push({ path: ["_id"], direction: last.direction })
  const name =
    index.name ??
    Object.entries(index.keys)
      .map(([path, direction]) => `${path}_${direction}`)
      .join("_")
  return { name, keys, unique }
}
