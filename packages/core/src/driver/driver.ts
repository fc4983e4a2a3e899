import type { Document, IdKind } from "@nosql/contracts"
import type { FilterNode } from "../ast/filter.ts"
import type { Query } from "../ast/query.ts"
import type { Capabilities } from "./capabilities.ts"
import type { CollectionInfo } from "./collection-info.ts"
import type { CountPlan, FindPlan, WritePlan, WriteRequest } from "./plan.ts"

/** What `connect` takes: a store that is not yet open. Made by a driver package's function, such as `memory()`. */
export interface Driver {
  readonly name: string
  readonly capabilities: Capabilities
  /** Opens the store. Core calls it once; a failure is a NoSQLError and leaves nothing open. */
  connect(): Promise<DriverStore>
}

/** What every call carries. */
export interface DriverCall {
  /** The operation of the user's call, for errors. */
  readonly operation: string
  readonly signal?: AbortSignal
}

/** Some documents of a read, and for each the state that a conditional write needs, where it was asked for. */
export interface Batch {
  readonly documents: readonly Document[]
  readonly revisions?: readonly unknown[]
}

/** What is known of a write of several documents when it ends; indexes into the documents given. */
export interface InsertOutcome {
  readonly done: readonly number[]
  /** The first failure; later documents were not tried. */
  readonly failure?: { readonly index: number; readonly error: unknown }
}

/**
 * The small interface that a driver implements; users meet the portable `Collection` instead.
 * Core guarantees: filters are folded and every feature in them is supported; documents are checked, copied, and carry their `_id`;
 * no call comes after `close()`. Plans are pure and synchronous; only what is named `run…` and below does I/O.
 * Errors that leave a driver are NoSQLErrors.
 */
export interface DriverStore {
  planFind(collection: CollectionInfo, query: Query): FindPlan
  /** Runs a plan of this driver. `revisions` asks for what `replaceIf` needs. Ending the iteration early releases what the store holds. */
  runFind(
    collection: CollectionInfo,
    plan: FindPlan,
    call: DriverCall & { readonly revisions?: boolean },
  ): AsyncIterable<Batch>
  /** Undefined: the store cannot count this exactly; core reads and counts. */
  planCount(collection: CollectionInfo, filter: FilterNode): CountPlan | undefined
  runCount(collection: CollectionInfo, plan: CountPlan, call: DriverCall): Promise<number>
  /** Inserts in order and stops at the first failure, which it reports and does not throw. */
  runInsert(
    collection: CollectionInfo,
    documents: readonly Document[],
    call: DriverCall,
  ): Promise<InsertOutcome>
  /** Undefined: not expressible exactly; core reads, applies and writes with `replaceIf`. */
  planWrite(collection: CollectionInfo, request: WriteRequest): WritePlan | undefined
  runWrite(
    collection: CollectionInfo,
    plan: WritePlan,
    call: DriverCall,
  ): Promise<{ readonly matched: number; readonly modified: number }>
  /** Writes `next` (undefined removes) only if the document is as it was read; false when somebody else wrote first. */
  replaceIf(
    collection: CollectionInfo,
    read: { readonly document: Document; readonly revision: unknown },
    next: Document | undefined,
    call: DriverCall,
  ): Promise<boolean>
  /** Makes the declared indexes that are not there yet. Core calls it before the first use of a declared collection. */
  ensureIndexes(collection: CollectionInfo, call: DriverCall): Promise<void>
  listCollections(call: DriverCall): Promise<string[]>
  /** False when there was none. */
  dropCollection(name: string, call: DriverCall): Promise<boolean>
  /** Throws where the store does not answer. */
  ping(call: DriverCall): Promise<void>
  /** Called once. A client that the user brought stays open. */
  close(): Promise<void>
  /** A new id of this store's kind. Without it core makes a UUIDv7. */
  newId?(ids: IdKind): string | undefined
  /** Why the store cannot hold this id, or undefined. */
  idProblem?(id: string): string | undefined
}
