import type { CollectionReference } from "@google-cloud/firestore"
import type { CollectionInfo, DriverCall, IndexInfo } from "@nosql/core/driver"
import { type ErrorPlace, placeOf } from "./classify-error.ts"
import type { FirestoreContext } from "./firestore-context.ts"
import type { RampUp } from "./ramp-up.ts"

/** What the writes of one call go to. */
export interface WriteTarget {
  readonly context: FirestoreContext
  readonly info: CollectionInfo
  readonly documents: CollectionReference
  /** The documents that stand for the values of the unique indexes. */
  readonly sentinels: CollectionReference
  readonly uniques: readonly IndexInfo[]
  readonly call: DriverCall
  /** Awaited before writes of many are sent; false where the call ends before they may be. */
  readonly admit: (writes: number) => Promise<boolean>
  /** For errors. */
  readonly place: ErrorPlace
}

export function writeTarget(
  context: FirestoreContext,
  info: CollectionInfo,
  indexes: readonly IndexInfo[],
  call: DriverCall,
  rampUp: RampUp,
): WriteTarget {
  return {
    context,
    info,
    documents: context.collectionOf(info.name),
    sentinels: context.sentinelsOf(info.name),
    uniques: indexes.filter(({ unique }) => unique),
    call,
    admit: (writes) => rampUp.admit(info.name, writes, call),
    place: placeOf(call, info.name),
  }
}
