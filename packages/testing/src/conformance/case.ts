import type {
  Collection,
  CollectionOptions,
  Document,
  DocumentStore,
  SchemaCollectionOptions,
} from "@nosql/contracts"
import type { Feature } from "@nosql/core/driver"

/** What a case works with: a store, and collections that nobody else uses. */
export interface CaseContext {
  readonly store: DocumentStore
  /** The driver's name. */
  readonly backend: string
  collection(options?: CollectionOptions<Document>): Collection<Document>
  /** A collection whose documents a schema validates. */
  defined(options: SchemaCollectionOptions<Document, Document>): Collection<Document>
  /** A collection with these documents in it. */
  filled(documents: readonly Document[], options?: CollectionOptions<Document>): Promise<Collection<Document>>
  /** What the logger was told. */
  readonly warnings: string[]
}

/** One rule of docs/semantics.md, tried on a real store. */
export interface ConformanceCase {
  readonly name: string
  /**
   * The case runs where the driver has all of these, natively or emulated. What the store refuses for want of a feature needs no line here:
   * the refusal names it, and the case is skipped by that. @default none
   */
  readonly needs?: readonly Feature[]
  readonly run: (context: CaseContext) => Promise<void>
}
