import type { PlainPath } from "./path.ts"

/** The kinds that a declaration can name. `id` is a reference to another document's `_id`. */
export type FieldKind =
  | "string"
  | "number"
  | "bigint"
  | "boolean"
  | "date"
  | "binary"
  | "array"
  | "object"
  | "id"

/** A kind, `|null` where null conforms, `?` where the field may be missing: `"string"`, `"date?"`, `"number|null"`. */
export type FieldDeclaration = FieldKind | `${FieldKind}?` | `${FieldKind}|null` | `${FieldKind}|null?`

/** An index: its keys in order (1 ascending, -1 descending). */
export interface IndexDefinition<P extends string = string> {
  readonly keys: { readonly [K in P]?: 1 | -1 }
  /** No two documents share the values; one that lacks any of the keys is exempt. @default false */
  readonly unique?: boolean
  /** @default the keys and directions, e.g. `status_1_createdAt_-1` */
  readonly name?: string
}

/** How the `_id` of a collection is made and stored; to the application it is always a string. */
export type IdKind = "auto" | "string" | "objectId" | "uuid"

/** What a collection is described by. */
export interface CollectionOptions<T> {
  /** The kinds and presence of the paths that matter for plans; enforced on write. */
  readonly fields?: { readonly [P in Exclude<PlainPath<T>, "_id">]?: FieldDeclaration }
  readonly indexes?: readonly IndexDefinition<PlainPath<T>>[]
  /** @default "auto" */
  readonly ids?: IdKind
}

/** A described collection, made by `defineCollection`. `T` is there for the compiler only. */
export interface CollectionDefinition<T> {
  readonly name: string
  readonly fields: Readonly<Record<string, FieldDeclaration>>
  readonly indexes: readonly IndexDefinition[]
  readonly ids: IdKind
  readonly "~type"?: T
}
