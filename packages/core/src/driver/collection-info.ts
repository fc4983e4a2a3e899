import type { FieldDeclaration, IdKind } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import type { SortKey } from "../ast/query.ts"

/** An index as planners see it: its name is settled, its paths are parsed. */
export interface IndexInfo {
  readonly name: string
  /** Empty for a text index: it orders nothing. */
  readonly keys: readonly SortKey[]
  readonly unique: boolean
  /** The paths that `$text` searches, for a text index. */
  readonly text?: readonly FieldPath[]
  /** Set on the index of a `ttl`: the store removes documents so many seconds after the date. */
  readonly expireAfterSeconds?: number
  /** The keys that choose the partition, where stated: the first key else. Empty: the index is spread over `shards`. */
  readonly hash?: readonly FieldPath[]
  /** Set where `hash` is empty. */
  readonly shards?: number
  /** Set on one that is there and serves no query yet. */
  readonly building?: true
}

/** When documents expire. */
export interface TtlInfo {
  readonly path: FieldPath
  readonly afterSeconds: number
  /** Whether expired documents are invisible before they are swept. */
  readonly hide: boolean
}

/** What is known of a collection: its declaration, resolved. */
export interface CollectionInfo {
  readonly name: string
  /** False where the collection was named only: its indexes are unknown, and so is the access of its queries. */
  readonly declared: boolean
  readonly fields: Readonly<Record<string, FieldDeclaration>>
  readonly indexes: readonly IndexInfo[]
  readonly ids: IdKind
  readonly ttl?: TtlInfo
}
