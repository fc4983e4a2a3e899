import type { Filter } from "./filter.ts"
import type { Update } from "./update.ts"
import type { NewDocument } from "./value.ts"

/** One write of a `bulkWrite`. */
export type BulkOperation<T, I = T> =
  | { readonly insertOne: { readonly document: NewDocument<I> } }
  | { readonly updateOne: UpdateStep<T> }
  | { readonly updateMany: UpdateStep<T> }
  | { readonly replaceOne: ReplaceStep<T, I> }
  | { readonly deleteOne: { readonly filter: Filter<T> } }
  | { readonly deleteMany: { readonly filter: Filter<T> } }

interface UpdateStep<T> {
  readonly filter: Filter<T>
  readonly update: Update<T>
  /** @default false */
  readonly upsert?: boolean
}

interface ReplaceStep<T, I> {
  readonly filter: Filter<T>
  readonly replacement: NewDocument<I>
  /** @default false */
  readonly upsert?: boolean
}
