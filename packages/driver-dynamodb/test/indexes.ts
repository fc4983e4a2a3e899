import type { CollectionInfo, IndexInfo, SortKey } from "@nosql/core/driver"
import { type TableState, tableState } from "../src/table-state.ts"

/** `"status at- _id-"`: the keys of an index or a sort, descending where they end in `-`. */
export function keysOf(text: string): SortKey[] {
  return text
    .split(" ")
    .filter((key) => key !== "")
    .map((key) => ({ path: key.replace("-", "").split("."), direction: key.endsWith("-") ? -1 : 1 }))
}

export function indexOf(name: string, keys: string, more: Partial<IndexInfo> = {}): IndexInfo {
  return { name, keys: keysOf(keys), unique: false, ...more }
}

export function stateOf(...indexes: readonly IndexInfo[]): TableState {
  return tableState("t", {
    version: 1,
    indexes: indexes.map((info) => ({ info, state: "ready", since: 0 })),
    hadTtl: false,
  })
}

export const things: CollectionInfo = { name: "things", declared: true, fields: {}, indexes: [], ids: "auto" }
