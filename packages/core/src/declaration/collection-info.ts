import type { CollectionDefinition, IndexDefinition, TtlDefinition } from "@nosql/contracts"
import type { CollectionInfo, IndexInfo } from "../driver/collection-info.ts"

/** One object, because what is declared is remembered by it. */
const noFields: CollectionInfo["fields"] = Object.freeze({})

/** A declaration as planners see it: names settled, paths parsed, the index of a `ttl` among the others. */
export function collectionInfo(source: CollectionDefinition<unknown> | string): CollectionInfo {
  if (typeof source === "string")
    return { name: source, declared: false, fields: noFields, indexes: [], ids: "auto" }
  const { name, fields, ids, ttl } = source
  const indexes = source.indexes.map(indexInfo)
  if (ttl === undefined) return { name, declared: true, fields, ids, indexes }
  const { field, afterSeconds = 0, hide = true } = ttl
  return {
    name,
    declared: true,
    fields,
    ids,
    indexes: [...indexes, ttlIndex(ttl)],
    ttl: { path: field.split("."), afterSeconds, hide },
  }
}

/** Non-unique indexes end in `_id`, so that pages have a total order to walk along. */
export function indexInfo(index: IndexDefinition): IndexInfo {
  const entries = pairsOf(index.keys)
  const name = index.name ?? entries.map(([path, direction]) => `${path}_${direction}`).join("_")
  if (entries.some(([, direction]) => direction === "text"))
    return { name, keys: [], unique: false, text: entries.map(([path]) => path.split(".")) }
  const keys = entries.map(([path, direction]) => ({ path: path.split("."), direction: direction as 1 | -1 }))
  const unique = index.unique ?? false
  const last = keys.at(-1)
  if (!unique && last !== undefined && !entries.some(([path]) => path === "_id"))
    keys.push({ path: ["_id"], direction: last.direction })
  return { name, keys, unique, ...partitions(index) }
}

function pairsOf(keys: IndexDefinition["keys"]): readonly (readonly [string, 1 | -1 | "text"])[] {
  return Array.isArray(keys) ? keys : Object.entries(keys)
}

const defaultShards = 8

function partitions({ hash, shards = defaultShards }: IndexDefinition): Pick<IndexInfo, "hash" | "shards"> {
  if (hash === undefined) return {}
  return { hash: hash.map((path) => path.split(".")), ...(hash.length === 0 ? { shards } : {}) }
}

/** MongoDB takes one key for it, so it does not end in `_id`. */
export function ttlIndex({ field, afterSeconds = 0 }: TtlDefinition): IndexInfo {
  return {
    name: `${field}_1_ttl`,
    keys: [{ path: field.split("."), direction: 1 }],
    unique: false,
    expireAfterSeconds: afterSeconds,
  }
}
