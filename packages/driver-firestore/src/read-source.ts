import type { ReadCall } from "@nosql/core/driver"
import type { FirestoreCollection } from "./firestore-collection.ts"
import type { FirestoreContext } from "./firestore-context.ts"

/** What one call reads from. */
export interface ReadSource {
  readonly context: FirestoreContext
  readonly collection: FirestoreCollection
  readonly call: ReadCall
}
