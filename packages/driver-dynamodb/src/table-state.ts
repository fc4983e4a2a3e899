import type { IndexInfo, TtlInfo } from "@nosql/core/driver"

/** An index as the table's metadata tells it. Only one that is `ready` holds every document. */
export interface StoredIndex {
  readonly info: IndexInfo
  readonly state: "building" | "ready"
  /** When its building began, in epoch milliseconds. */
  readonly since: number
  /** For the index of a `ttl`: whether expired documents are invisible, so that their values are free. */
  readonly hide?: boolean
}

/** What is known of a collection's table. */
export interface TableState {
  readonly table: string
  readonly exists: boolean
  /** Counts the changes of the definitions. */
  readonly version: number
  readonly stored: readonly StoredIndex[]
  /** What queries may go by: ready, with an index of the table. */
  readonly indexes: readonly IndexInfo[]
  /** What each write keeps: those that are being built are among them. */
  readonly maintained: readonly IndexInfo[]
  /** Those of them whose values are held by items of their own. */
  readonly unique: readonly IndexInfo[]
  /** When documents expire. */
  readonly ttl?: TtlInfo
  /** Whether there was a `ttl` before: items may hold when they would have expired by it. */
  readonly hadTtl: boolean
}

/** What a table's metadata says. */
export interface Metadata {
  /** 0 where there is none yet. */
  readonly version: number
  readonly indexes: readonly StoredIndex[]
  readonly hadTtl: boolean
}

export const noMetadata: Metadata = { version: 0, indexes: [], hadTtl: false }

/** The state of a table by its metadata. */
export function tableState(table: string, { version, indexes: stored, hadTtl }: Metadata): TableState {
  const maintained = stored.filter(({ info }) => !isTtl(info))
  const ttl = stored.map(ttlOf).find((found) => found !== undefined)
  return {
    table,
    exists: true,
    version,
    stored,
    indexes: maintained.filter(({ state }) => state === "ready").map(({ info }) => info),
    maintained: maintained.map(({ info }) => info),
    unique: maintained.map(({ info }) => info).filter(({ unique }) => unique),
    ...(ttl === undefined ? {} : { ttl }),
    hadTtl,
  }
}

export function missingTable(table: string): TableState {
  return { ...tableState(table, noMetadata), exists: false }
}

/** An index as it is defined now. */
export function beginIndex(info: IndexInfo, state: StoredIndex["state"], hide: boolean): StoredIndex {
  return { info, state, since: Date.now(), ...(isTtl(info) ? { hide } : {}) }
}

/** Whether it is the index of a `ttl`, which is no index of DynamoDB's. */
export function isTtl({ expireAfterSeconds }: IndexInfo): boolean {
  return expireAfterSeconds !== undefined
}

function ttlOf({ info: { keys, expireAfterSeconds }, hide = true }: StoredIndex): TtlInfo | undefined {
  const path = keys[0]?.path
  return path === undefined || expireAfterSeconds === undefined
    ? undefined
    : { path, afterSeconds: expireAfterSeconds, hide }
}
