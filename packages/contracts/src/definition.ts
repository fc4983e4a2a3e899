import type { ScanPolicy } from "./access.ts"
import type { ByPath, DatePath, DynamicPath, Leaf, PlainPath, StoredWithin } from "./path.ts"
import type { StandardSchema } from "./standard-schema.ts"
import type { Value } from "./value.ts"

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
export type FieldDeclaration = `${FieldKind}${"" | "|null"}${"" | "?"}`

/**
 * The declarations that hold of every value of type V: of its kind, with `|null` and `?` where the type has null and undefined. Elsewhere these
 * may stand, too: a document's type can say more than what is stored. Where V is of several kinds, or unknown, all are.
 */
type DeclarationOf<V> = Value extends V
  ? FieldDeclaration
  : `${KindOf<NonNullable<V>>}${Mark<V, null, "|null">}${Mark<V, undefined, "?">}`

type KindOf<V> = [V] extends [never]
  ? FieldKind
  : [V] extends [string]
    ? "string" | "id"
    : [V] extends [number]
      ? "number"
      : [V] extends [bigint]
        ? "bigint"
        : [V] extends [boolean]
          ? "boolean"
          : [V] extends [Date]
            ? "date"
            : [V] extends [Uint8Array]
              ? "binary"
              : [V] extends [readonly unknown[]]
                ? "array"
                : [Extract<V, Leaf | readonly unknown[]>] extends [never]
                  ? "object"
                  : FieldKind

type Mark<V, Absence, Text extends string> = [Extract<V, Absence>] extends [never] ? "" | Text : Text

/** 1 is ascending, -1 descending, "text" is for `$text` where the store has it. */
type KeyDirection = 1 | -1 | "text"

/** An index: its keys in order, the most significant first. */
export interface IndexDefinition<P extends string = string> {
  /** `{ status: 1, createdAt: -1 }`, or pairs where a key is of digits, which JavaScript puts first in an object: `[["city", 1], ["2024", -1]]`. */
  readonly keys:
    | ByPath<{ readonly [K in P]?: KeyDirection }>
    | readonly (readonly [path: P, direction: KeyDirection])[]
  /** No two documents share the values; one that lacks any of the keys is exempt. @default false */
  readonly unique?: boolean
  /** @default the keys and directions, e.g. `status_1_createdAt_-1` */
  readonly name?: string
  /**
   * For stores that spread an index over partitions (DynamoDB): the keys that choose the partition, so that a query gives each of them.
   * The others keep their order within it. `[]`: the order of `keys` spans the collection, at the price of reading every shard. @default the first key
   */
  readonly hash?: readonly P[]
  /** With `hash: []`: over how many partitions the index is spread; each takes 1,000 writes a second on DynamoDB. @default 8 */
  readonly shards?: number
}

/** An index as it is in the store. */
export interface IndexDescription {
  readonly name: string
  readonly keys: Readonly<Record<string, KeyDirection>>
  /** The keys in order, where `keys` does not hold it: JavaScript puts one of digits first in an object. */
  readonly order?: readonly string[]
  readonly unique: boolean
  /** Set on the index of a `ttl`: seconds behind the date. */
  readonly expireAfterSeconds?: number
  /** Where a store spreads an index over partitions: the keys that choose one. */
  readonly hash?: readonly string[]
  readonly shards?: number
  /** Set while it does not hold every document, so that no query goes by it. */
  readonly building?: true
}

/** When a document expires: `field` (a date) plus `afterSeconds`. Without the date it never does. */
export interface TtlDefinition<P extends string = string> {
  readonly field: P
  /** At most 2,147,483,647, as in MongoDB. @default 0 */
  readonly afterSeconds?: number
  /** Expired documents are invisible at once, before the store has swept them away. @default true */
  readonly hide?: boolean
}

/** How the `_id` of a collection is made and stored; to the application it is always a string. */
export type IdKind = "auto" | "string" | "objectId" | "uuid"

/**
 * Who makes a collection's indexes: `auto` at the first use, `check` compares at the first use and reports through the logger, `never` nobody.
 */
export type Provision = "auto" | "check" | "never"

// Named, as the operands of updates are.
type Declarations<T> = ByPath<{
  readonly [P in Exclude<PlainPath<T>, "_id">]?: DeclarationOf<StoredWithin<T, P>>
}>

/** What a collection is described by. */
export interface CollectionOptions<T> {
  /** The kinds and presence of the paths that matter for plans; enforced on write. */
  readonly fields?: Declarations<T>
  readonly indexes?: readonly IndexDefinition<PlainPath<T> | DynamicPath>[]
  readonly ttl?: TtlDefinition<DatePath<T> | DynamicPath>
  /** @default "auto" */
  readonly ids?: IdKind
  /** Overrides the store's. */
  readonly provision?: Provision
  /** Overrides the store's. */
  readonly scans?: ScanPolicy
  /** Updates are validated by the schema, too: each is read, applied, validated and written on condition. @default false */
  readonly validateUpdates?: boolean
}

/** As `CollectionOptions`, with a schema (zod, valibot, arktype, …) that documents without their `_id` are validated by; its output is stored. */
export interface SchemaCollectionOptions<Input, Output> extends CollectionOptions<Output> {
  readonly schema: StandardSchema<Input, Output>
}

/** A described collection, made by `defineCollection`. `T` is what is read, `I` what is inserted; both are there for the compiler only. */
export interface CollectionDefinition<T, I = T> {
  readonly name: string
  readonly fields: Readonly<Record<string, FieldDeclaration>>
  readonly indexes: readonly IndexDefinition[]
  readonly ttl?: TtlDefinition
  readonly ids: IdKind
  readonly provision?: Provision
  readonly scans?: ScanPolicy
  readonly schema?: StandardSchema
  readonly validateUpdates: boolean
  readonly "~type"?: T
  readonly "~input"?: I
}
