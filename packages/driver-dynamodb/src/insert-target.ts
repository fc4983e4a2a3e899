import type { CollectionInfo, InsertCall } from "@nosql/core/driver"
import type { Requests } from "./request.ts"
import type { TableState } from "./table-state.ts"

/** What an insert goes by. */
export interface InsertTarget {
  readonly requests: Requests
  readonly state: TableState
  readonly collection: CollectionInfo
  readonly call: InsertCall
}
