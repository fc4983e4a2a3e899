import {
  type FieldPath,
  type IndexInfo,
  isIdPath,
  perObject,
  type SortKey,
  samePath,
} from "@nosql/core/driver"

/** How an index is laid out in DynamoDB. */
export interface IndexLayout {
  /** The keys whose values choose the partition; none: its documents are spread over shards. */
  readonly hash: readonly FieldPath[]
  /** The other keys in order. They end in `_id`, so that the order is total. */
  readonly range: readonly SortKey[]
  readonly shards: number
}

/** The partition is by the declared `hash`, else by the first key. */
export const indexLayout = perObject(({ keys, hash, shards = 1 }: IndexInfo): IndexLayout => {
  const partition = hash ?? keys.slice(0, 1).map(({ path }) => path)
  const rest = keys.filter(({ path }) => !partition.some((key) => samePath(key, path)))
  const end: SortKey = { path: ["_id"], direction: keys.at(-1)?.direction ?? 1 }
  const ended = rest.some(({ path }) => isIdPath(path))
  return { hash: partition, range: ended ? rest : [...rest, end], shards: partition.length > 0 ? 1 : shards }
})
