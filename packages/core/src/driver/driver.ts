import type { Document, IdKind, Logger, Provision, ReadPreference, Value } from "@nosql/contracts"
import type { FieldPath, FilterNode } from "../ast/filter.ts"
import type { Query, SortKey } from "../ast/query.ts"
import type { Capabilities } from "./capabilities.ts"
import type { CollectionInfo, IndexInfo } from "./collection-info.ts"
import type {
  CountPlan,
  DistinctPlan,
  FindPlan,
  Reach,
  WriteOutcome,
  WritePlan,
  WriteRequest,
} from "./plan.ts"

/** What `connect` takes: a store that is not yet open. Made by a driver package's function, such as `memory()`. */
export interface Driver {
  readonly name: string
  readonly capabilities: Capabilities
  /** Opens the store. Core calls it once; a failure is a NoSQLError and leaves nothing open. */
  connect(host?: DriverHost): Promise<DriverStore>
}

/** What a store may use of who opens it. */
export interface DriverHost {
  /** For what the caller should know of and no error says. It never throws; what it is told holds no values. */
  readonly logger: Logger
}

/** What every call carries. */
export interface DriverCall {
  /** The operation of the user's call, for errors. */
  readonly operation: string
  /** Aborted by the caller, or when the operation's time is up. */
  readonly signal?: AbortSignal
  /** When the operation's time is up, on the clock of `performance.now()`. */
  readonly deadline?: number
  readonly comment?: string
}

/** What the first use of a collection carries beside. */
export interface OpenCall extends DriverCall {
  /** Who makes what the collection lacks, such as its table. */
  readonly provision: Provision
}

/** What an insert carries beside. */
export interface InsertCall extends DriverCall {
  /** Stops at the first failure. */
  readonly ordered: boolean
  /** True where core made the ids of all documents in this call: nobody else can hold one. @default false */
  readonly newIds?: boolean
  /** There are no bigints, bytes or native values in the documents, at any depth. @default false */
  readonly plain?: boolean
}

/** What a read carries beside. The last three are advice. */
export interface ReadCall extends DriverCall {
  /** Asks for what `replaceIf` needs. */
  readonly revisions?: boolean
  readonly readPreference?: ReadPreference
  readonly batchSize?: number
}

/** Some documents of a read, and for each the state that a conditional write needs, where it was asked for. */
export interface Batch {
  readonly documents: readonly Document[]
  readonly revisions?: readonly unknown[]
}

/** A document as it was read, and the state that its conditional write needs. */
export interface ReadDocument {
  readonly document: Document
  readonly revision: unknown
}

/** What becomes of a document that was read; without `next` it is removed. */
export interface Replacement {
  readonly read: ReadDocument
  readonly next: Document | undefined
}

/** As `replaceIf` answers, or the error that stopped it; undefined where it was not tried. */
export type ReplacementOutcome = boolean | undefined | { readonly error: unknown }

/** What is known of a write of several documents when it ends, by index; what is in no list was not tried. */
export interface InsertOutcome {
  readonly done: readonly number[]
  readonly failures: readonly { readonly index: number; readonly error: unknown }[]
  /** Sent, but the answer never came. @default none */
  readonly unknown?: readonly number[]
  /** What ended the request where no failure says it. */
  readonly error?: unknown
}

/** An insert that takes its documents one by one, while core checks them. */
export interface InsertIntake {
  /**
   * Takes a document by its `_id` and its other fields, which are the caller's own: all of it has been read when this returns, and nothing of it is changed.
   * Throws where the store cannot hold it, as `documentProblem` says, which core does not ask here.
   *
   * @param plain there are no bigints, bytes or native values in it, at any depth.
   */
  add(id: string, fields: Document, plain: boolean): void
  /** Sends what was added, and answers as `runInsert`. Called once, after `openCollection`; or never, where core refuses a document. */
  run(): Promise<InsertOutcome>
}

/** One write of a bulk: a document to insert, or a plan of this driver. */
export type BulkStep =
  | { readonly kind: "insert"; readonly document: Document }
  | { readonly kind: "write"; readonly plan: WritePlan; readonly request: WriteRequest }

/** What a bulk did, by index of its steps; what is in no list was not tried. */
export interface BulkOutcome extends InsertOutcome {
  readonly inserted: number
  readonly matched: number
  readonly modified: number
  readonly deleted: number
  readonly upserted: readonly { readonly index: number; readonly id: string }[]
}

/**
 * The small interface that a driver implements; users meet the portable `Collection` instead.
 * Core guarantees: filters are folded and every feature in them is supported; documents are checked, copied, and carry their `_id`;
 * no operation begins after `close()`, though one under way may go on to its next request. Plans are pure and synchronous; only what is named `run…` and below does I/O.
 * Errors that leave a driver are NoSQLErrors. Optional methods are shortcuts: core does without.
 */
export interface DriverStore {
  /** The SDK's own client, for `unwrap()`; undefined where there is none. */
  readonly client: unknown
  /** The name of the database that holds the collections. @default none */
  readonly database?: string
  /** Who makes tables and indexes where the application does not say. @default "auto" */
  readonly defaultProvision?: Provision
  /**
   * Awaited before the first plan and the first insert of each operation, for what planning needs to know of the store (which indexes are ready, say):
   * plans themselves do no I/O. The driver caches, and forgets what it changes itself (`createIndexes`, `dropIndex`, `dropCollection`). What fails is
   * asked for again. The call has no signal and no deadline, because others wait for the same answer: core stops waiting when its caller's time is up.
   * Declared indexes have been made by then, where the policy makes them. Undefined where all is known.
   */
  openCollection?(collection: CollectionInfo, call: OpenCall): Promise<void> | undefined
  /**
   * The order in which `page()` goes where the caller names none; core ends it with `_id`. Without this method that is by `_id`, ascending.
   * `[]` is the store's own position: then `query.sort` is `[]` and `query.after` the `_id` of the last document alone, and the plan does it natively.
   * Pure, called after `openCollection`, with the filter that `planFind` gets. Cursors are bound to the order: another answer refuses them.
   */
  pageOrder?(collection: CollectionInfo, filter: FilterNode): readonly SortKey[]
  planFind(collection: CollectionInfo, query: Query): FindPlan
  /** Runs a plan of this driver. Ending the iteration early releases what the store holds. */
  runFind(collection: CollectionInfo, plan: FindPlan, call: ReadCall): AsyncIterable<Batch>
  /** The first document of a plan that leaves nothing to core, or undefined. Without it core ends `runFind` early. */
  runFirst?(collection: CollectionInfo, plan: FindPlan, call: ReadCall): Promise<Document | undefined>
  /**
   * Asked where a run of a plan for finding or counting failed before it gave anything: whether the plan went by what is no longer so, because another process
   * dropped an index or the collection, say. The store has learnt it anew by then, and core plans and runs once more. The call is as that of `openCollection`.
   */
  isOutdated?(collection: CollectionInfo, plan: Reach, error: unknown, call: OpenCall): Promise<boolean>
  /** What the store says of a plan, as printable data. */
  explainFind?(collection: CollectionInfo, plan: FindPlan, call: ReadCall): Promise<unknown>
  /** Undefined: the store cannot count this exactly; core reads and counts. */
  planCount(collection: CollectionInfo, query: Query): CountPlan | undefined
  runCount(collection: CollectionInfo, plan: CountPlan, call: ReadCall): Promise<number>
  /** Undefined: core reads the path and collects. */
  planDistinct?(collection: CollectionInfo, query: Query, path: FieldPath): DistinctPlan | undefined
  /** The values at the path, arrays whole (core takes their elements), in any order, repeated or not. */
  runDistinct?(collection: CollectionInfo, plan: DistinctPlan, call: ReadCall): Promise<readonly Value[]>
  /** From the store's statistics; without it core counts. */
  estimateCount?(collection: CollectionInfo, call: ReadCall): Promise<number>
  /** Inserts; failures are reported, not thrown. `ordered` stops at the first one. */
  runInsert(
    collection: CollectionInfo,
    documents: readonly Document[],
    call: InsertCall,
  ): Promise<InsertOutcome>
  /**
   * An insert of several documents that core need not copy, for a store whose own form of a document can be made at once. Pure; called before `openCollection`.
   * Undefined where the store would read them later: then core copies them for `runInsert`.
   */
  startInsert?(collection: CollectionInfo, call: InsertCall): InsertIntake | undefined
  /** Undefined: not expressible exactly; core reads, applies and writes with `replaceIf`. */
  planWrite(collection: CollectionInfo, request: WriteRequest): WritePlan | undefined
  /** Undefined: nothing was done, because what is stored does not let the store do it exactly; core then reads, applies and writes. */
  runWrite(collection: CollectionInfo, plan: WritePlan, call: DriverCall): Promise<WriteOutcome | undefined>
  /** Runs planned writes and inserts in few requests; failures are reported, not thrown. Without it core runs them one by one. */
  runBulk?(
    collection: CollectionInfo,
    steps: readonly BulkStep[],
    call: DriverCall & { readonly ordered: boolean },
  ): Promise<BulkOutcome>
  /** Writes `next` (undefined removes) only if the document is as it was read; false when somebody else wrote first. */
  replaceIf(
    collection: CollectionInfo,
    read: ReadDocument,
    next: Document | undefined,
    call: DriverCall,
  ): Promise<boolean>
  /** As `replaceIf` for several documents, in few requests, answered in their order; after an error no other is begun. Without it core calls `replaceIf` for each. */
  replaceEach?(
    collection: CollectionInfo,
    replacements: readonly Replacement[],
    call: DriverCall,
  ): Promise<readonly ReplacementOutcome[]>
  /** Makes the collection with its declared indexes where the store knows collections without documents; false when it was there. */
  createCollection(collection: CollectionInfo, call: DriverCall): Promise<boolean>
  /** All indexes but that of `_id`; none where there is no collection. */
  listIndexes(collection: CollectionInfo, call: DriverCall): Promise<readonly IndexInfo[]>
  /** What is there already is left; what `listIndexes` says to be building may be gone on with. */
  createIndexes(collection: CollectionInfo, indexes: readonly IndexInfo[], call: DriverCall): Promise<void>
  /** False where there was none of this name. */
  dropIndex(collection: CollectionInfo, name: string, call: DriverCall): Promise<boolean>
  /** Core leaves out what is no collection's name. */
  listCollections(call: DriverCall): Promise<string[]>
  /** False when there was none. */
  dropCollection(name: string, call: DriverCall): Promise<boolean>
  /** Throws where the store does not answer. */
  ping(call: DriverCall): Promise<void>
  /** Called once. A client that the user brought stays open. */
  close(): Promise<void>
  /** A new id of this store's kind. Without it core makes a UUIDv7. */
  newId?(ids: IdKind): string | undefined
  /** The id that a document without one has by its fields, where they make it in this collection. Called before `openCollection`. */
  idOf?(collection: CollectionInfo, fields: Document): string | undefined
  /** Why the collection cannot hold this id, or undefined. */
  idProblem?(id: string, collection: CollectionInfo): string | undefined
  /**
   * Why the store cannot have a collection by this path, such as `users/ada/items` (a collection, a document, and so on; core has counted the parts), or
   * undefined. Without it collections have portable names only.
   */
  pathProblem?(path: string): string | undefined
  /** Why the collection of a name takes no changes (of documents, of indexes, of itself), and what does; undefined where it does. Core refuses them with it, before anything is sent. */
  readOnly?(collection: string): string | undefined
  /**
   * Why the store cannot hold this document (its size, say), or undefined. Called before anything is sent.
   *
   * @param mostBytes 32 for each value, and 3 for each UTF-16 unit of its names and texts: BSON and DynamoDB take no more, so that small documents need not be
   * measured. Undefined where it may hold bigints, bytes or native values.
   */
  documentProblem?(document: Document, mostBytes?: number): string | undefined
}
