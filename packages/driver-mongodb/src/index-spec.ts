import { formatPath, type IndexInfo, indexDifference } from "@nosql/core/driver"
import type { IndexDescription } from "mongodb"

/** Several indexes as `createIndexes` takes them. Of those that differ in their partitions only, which MongoDB has not, the first is made. */
export function indexSpecs(indexes: readonly IndexInfo[]): IndexDescription[] {
  const isNew = (index: IndexInfo, i: number) =>
    !indexes.slice(0, i).some((earlier) => indexDifference(index, withoutPartitions(earlier)) === undefined)
  return indexes.filter(isNew).map(indexSpec)
}

function withoutPartitions({ hash, shards, ...index }: IndexInfo): IndexInfo {
  return index
}

/** An index as `createIndexes` takes it. Unique ones are partial: a document that lacks a key is exempt, an explicit null is not. */
export function indexSpec({ name, keys, unique, text, expireAfterSeconds }: IndexInfo): IndexDescription {
  const paths = keys.map(({ path }) => formatPath(path))
  return {
    name,
    key: new Map<string, 1 | -1 | "text">([
      ...keys.map(({ path, direction }) => [formatPath(path), direction] as const),
      ...(text ?? []).map((path) => [formatPath(path), "text"] as const),
    ]),
    ...(unique ? { unique, partialFilterExpression: presence(paths) } : {}),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
  }
}

function presence(paths: readonly string[]): Record<string, { $exists: true }> {
  return Object.fromEntries(paths.map((path) => [path, { $exists: true }]))
}

/** An index as the server lists it, in the order of its keys; undefined for that of `_id` and for kinds that the language does not know. */
export function readIndex(listed: ReadonlyMap<string, unknown>): IndexInfo | undefined {
  const name = String(listed.get("name"))
  const expireAfterSeconds = listed.get("expireAfterSeconds")
  const base = {
    name,
    unique: listed.get("unique") === true,
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds: Number(expireAfterSeconds) }),
  }
  const weights = listed.get("weights") as ReadonlyMap<string, unknown> | undefined
  if (weights !== undefined)
    return { ...base, keys: [], text: Array.from(weights.keys(), (path) => path.split(".")) }
  const keys = Array.from(listed.get("key") as ReadonlyMap<string, unknown>, ([path, direction]) => ({
    path: path.split("."),
    direction: Number(direction),
  }))
  if (name === "_id_" || keys.some(({ direction }) => direction !== 1 && direction !== -1)) return undefined
  return { ...base, keys: keys as IndexInfo["keys"] }
}
