import type { Firestore } from "@google-cloud/firestore"
import type { CollectionInfo, DriverCall } from "@nosql/core/driver"
import { classifyError, placeOf } from "./classify-error.ts"

/** Throws `closed` where the client's owner has ended it: a read would never be answered, and end the process by an error that nobody can catch. */
export function refuseTerminated(client: Firestore, call: DriverCall, { name }: CollectionInfo): void {
  const { _clientPool: pool } = client as unknown as { _clientPool?: { terminated?: boolean } }
  if (pool?.terminated === true)
    throw classifyError(new Error("The client has already been terminated"), placeOf(call, name))
}
