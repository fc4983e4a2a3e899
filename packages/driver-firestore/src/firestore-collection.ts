import type { CollectionInfo } from "@nosql/core/driver"

/** A collection as this driver plans it. */
export interface FirestoreCollection extends CollectionInfo {
  /** Set where it is all collections of this name. Its ids are paths, and no index serves it without being asked for. */
  readonly group?: string
  /** The document below which those of a group lie; unset, anywhere. */
  readonly below?: string
}
