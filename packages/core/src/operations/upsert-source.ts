import type { Document } from "@nosql/contracts"

/** What a write inserts where nothing matches. */
export interface UpsertSource {
  /** The document, where it is known before anything was read and conforms to the declaration: the store may insert it itself. */
  readonly document?: Document
  readonly idGiven: boolean
  /** Makes the document; throws where it does not conform. */
  make(): Document | Promise<Document>
}
