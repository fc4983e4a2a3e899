import type { DocumentStore } from "@nosql/contracts"

/** A store of an application. */
export interface OpenStore {
  readonly name: string
  readonly primary: boolean
  readonly store: DocumentStore
  /** What must not be shown of it. */
  readonly secrets: readonly string[]
}
