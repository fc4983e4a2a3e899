import { NoSQLError, type Provision } from "@nosql/contracts"
import type { CollectionInfo, DriverCall, IndexInfo, OpenCall } from "@nosql/core/driver"
import { classifyError, missingTableText } from "./classify-error.ts"
import { createTable } from "./create-table.ts"
import { inTime } from "./in-time.ts"
import { putMetadata } from "./put-metadata.ts"
import type { Requests } from "./request.ts"
import { sdkFailure } from "./sdk-failures.ts"
import { decodeMetadata, metadataKey } from "./table-metadata.ts"
import { tableName } from "./table-name.ts"
import { missingTable, type TableState, tableState } from "./table-state.ts"

/** How old what is known of a table may be when a write goes by it. An index becomes ready only when all writers have looked since its building began. */
export const maxAgeMs = 30_000

interface Known {
  readonly state: TableState
  readonly readAt: number
}

/** What is known of the tables of a store: read at their first use, and again when it is old. */
export class Tables {
  readonly #requests: Requests
  readonly #prefix: string
  readonly #defaultProvision: Provision
  readonly #known = new Map<string, Known>()
  readonly #policies = new Map<string, Provision>()
  readonly #reading = new Map<string, Promise<TableState>>()
  readonly #making = new Map<string, Promise<TableState>>()

  constructor(requests: Requests, prefix: string, defaultProvision: Provision) {
    this.#requests = requests
    this.#prefix = prefix
    this.#defaultProvision = defaultProvision
  }

  nameOf(collection: string): string {
    return tableName(collection, this.#prefix)
  }

  /** Whether what a collection lacks is made at its first use. */
  makes(collection: string): boolean {
    return (this.#policies.get(collection) ?? this.#defaultProvision) === "auto"
  }

  /** What is known, for plans. */
  stateOf(collection: string): TableState {
    return this.#known.get(collection)?.state ?? missingTable(this.nameOf(collection))
  }

  open(collection: string, call: OpenCall): Promise<void> | undefined {
    this.#policies.set(collection, call.provision)
    if (this.#fresh(collection) !== undefined) return undefined
    return this.read(collection, call).then(() => {})
  }

  /** The state to write by; the table is made where it is missing and the policy says so. */
  forWriting(collection: CollectionInfo, call: DriverCall): TableState | Promise<TableState> {
    const known = this.#fresh(collection.name)
    return known !== undefined && isDefined(known) ? known : this.#readForWriting(collection, call)
  }

  async #readForWriting(collection: CollectionInfo, call: DriverCall): Promise<TableState> {
    const { name } = collection
    const found = await this.read(name, call)
    if (!found.exists && !this.makes(name)) throw missing(name, call)
    const state = found.exists ? found : await this.makeDeclared(collection, call)
    return isDefined(state) ? state : this.#define(state, name, call)
  }

  /** Before the first document: who adds indexes then knows of it. */
  async #define(state: TableState, collection: string, call: DriverCall): Promise<TableState> {
    const defined = await putMetadata(this.#requests, state, [], call, collection)
    if (defined === undefined) return this.read(collection, call)
    this.learn(collection, defined)
    return defined
  }

  /** Makes the table as its collection is declared. */
  makeDeclared({ name, indexes, ttl }: CollectionInfo, call: DriverCall): Promise<TableState> {
    const own = indexes.filter(({ text }) => text === undefined)
    return this.make(name, own, call, ttl?.hide)
  }

  /** Asks the table. */
  read(collection: string, call: DriverCall): Promise<TableState> {
    return shared(this.#reading, collection, call, async (unhurried) => {
      const state = await this.#ask(collection, unhurried)
      this.learn(collection, state)
      return state
    })
  }

  async #ask(collection: string, call: DriverCall): Promise<TableState> {
    const table = this.nameOf(collection)
    const input = { TableName: table, Key: metadataKey, ConsistentRead: true }
    const { output, error } = await this.#requests.ask("GetItem", input, call, { repeatable: true })
    if (error === undefined) {
      return tableState(table, decodeMetadata(output?.Item, collection))
    }
    const { code } = sdkFailure(error)
    if (code === "not-found") return missingTable(table)
    if (code === "invalid-argument") throw foreignTable(collection, call, error)
    throw classifyError(error, call, { collection })
  }

  /** Makes the table with these indexes, once, however many ask; that of somebody quicker is taken as it is. */
  make(
    collection: string,
    indexes: readonly IndexInfo[],
    call: DriverCall,
    hide = true,
  ): Promise<TableState> {
    return shared(this.#making, collection, call, async (unhurried) => {
      const made = await createTable(
        this.#requests,
        { collection, table: this.nameOf(collection), indexes, hide },
        unhurried,
      )
      if (made === undefined) return this.read(collection, unhurried)
      this.learn(collection, made)
      return made
    })
  }

  learn(collection: string, state: TableState): void {
    this.#known.set(collection, { state, readAt: performance.now() })
  }

  forget(collection: string): void {
    this.#known.delete(collection)
  }

  #fresh(collection: string): TableState | undefined {
    const known = this.#known.get(collection)
    if (known === undefined || !known.state.exists) return undefined
    return performance.now() - known.readAt < maxAgeMs ? known.state : undefined
  }
}

/** Whether the table has definitions, if only that there are none. */
function isDefined({ version }: TableState): boolean {
  return version > 0
}

/** One run at a time for each key: who comes in between takes its answer. The time and the signal of the call that happened to be first are not theirs. */
function shared<R>(
  running: Map<string, Promise<R>>,
  key: string,
  call: DriverCall,
  work: (unhurried: DriverCall) => Promise<R>,
): Promise<R> {
  const run = running.get(key) ?? work({ operation: call.operation }).finally(() => running.delete(key))
  running.set(key, run)
  return inTime(run, call)
}

export function missing(collection: string, { operation }: DriverCall): NoSQLError {
  return new NoSQLError("failed-precondition", `${operation}: ${missingTableText(collection)}`, {
    operation,
    collection,
    backend: "dynamodb",
  })
}

function foreignTable(collection: string, { operation }: DriverCall, cause: unknown): NoSQLError {
  return new NoSQLError(
    "failed-precondition",
    `${operation}: the table of "${collection}" has other keys than this store's; choose another tablePrefix`,
    { operation, collection, backend: "dynamodb", cause },
  )
}
