import type { FieldDeclaration, IdKind } from "@nosql/contracts"
import type { SortKey } from "../ast/query.ts"

/** An index as planners see it: its name is settled, its paths are parsed. */
export interface IndexInfo {
  readonly name: string
  readonly keys: readonly SortKey[]
  readonly unique: boolean
}

/** What is known of a collection: its declaration, resolved. */
export interface CollectionInfo {
  readonly name: string
  /** False where the collection was named only: its indexes are unknown, and so is the access of its queries. */
  readonly declared: boolean
  readonly fields: Readonly<Record<string, FieldDeclaration>>
  readonly indexes: readonly IndexInfo[]
  readonly ids: IdKind
}
