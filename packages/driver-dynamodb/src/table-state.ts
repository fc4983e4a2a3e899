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
}

/** The state of a table whose indexes are these. */
export function tableState(table: string, version: number, stored: readonly StoredIndex[]): TableState {
  const maintained = stored.filter(({ info }) => info.expireAfterSeconds === undefined)
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
  }
}

export function missingTable(table: string): TableState {
  return { ...tableState(table, 0, []), exists: false }
}

function ttlOf({ info: { keys, expireAfterSeconds }, hide = true }: StoredIndex): TtlInfo | undefined {
  const path = keys[0]?.path
  return path === undefined || expireAfterSeconds === undefined
    ? undefined
    : { path, afterSeconds: expireAfterSeconds, hide }
}
