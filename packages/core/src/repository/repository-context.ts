import type { Collection, Document } from "@nosql/contracts"
import type { CallContext } from "../values/argument-error.ts"
import type { Behaviours } from "./repository-options.ts"

/** What a repository sees of its collection. */
export interface Scope {
  readonly tenant: string | undefined
  readonly deleted: "hidden" | "included" | "only"
}

/** What one call of a repository works with. Entities are the application's, so nothing is known of them here. */
export interface RepositoryContext {
  /** The repository's own method, and where it stands; for errors. */
  readonly call: CallContext
  readonly collection: Collection<Document>
  readonly behaviours: Behaviours
  readonly scope: Scope
  readonly mapping: EntityMapping
  readonly hooks: EntityHooks
  /** Brings a document that was written to the form in which it is read; undefined where only the store can tell, because a schema changes it. */
  readonly asRead: ((document: Document) => Document) | undefined
  /** Whether ids are stored in lowercase. */
  readonly lowercaseIds: boolean
}

/** Absent where entities are the documents themselves. */
export interface EntityMapping {
  readonly toEntity?: ((document: never) => unknown) | undefined
  readonly toDocument?: ((entity: never) => unknown) | undefined
}

export interface EntityHooks {
  readonly beforeSave?: ((entity: never) => unknown) | undefined
  readonly afterSave?: ((entity: never) => unknown) | undefined
  readonly beforeDelete?: ((id: string) => unknown) | undefined
  readonly afterDelete?: ((id: string) => unknown) | undefined
}
