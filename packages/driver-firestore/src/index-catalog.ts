import type { DocumentReference, DocumentSnapshot } from "@google-cloud/firestore"
import type { CollectionInfo, DriverCall, IndexInfo } from "@nosql/core/driver"
import type { FirestoreContext } from "./firestore-context.ts"
import { retry } from "./retry.ts"

/**
 * Which indexes were made for a collection. Firestore's own are not a client's to ask for, and its unique ones are documents that
 * every writer must know of: so they are written down, in the database.
 */
export class IndexCatalog {
  readonly #context: FirestoreContext
  readonly #known = new Map<string, readonly IndexInfo[]>()

  constructor(context: FirestoreContext) {
    this.#context = context
  }

  /** What was read or made last; undefined before `load`. */
  known({ name }: Pick<CollectionInfo, "name">): readonly IndexInfo[] | undefined {
    return this.#known.get(name)
  }

  /** From the database, once a store. */
  async load(collection: Pick<CollectionInfo, "name">, call: DriverCall): Promise<readonly IndexInfo[]> {
    return this.known(collection) ?? (await this.read(collection, call))
  }

  /** From the database. */
  async read({ name }: Pick<CollectionInfo, "name">, call: DriverCall): Promise<readonly IndexInfo[]> {
    const reference = this.#reference(name)
    return this.#note(name, indexesOf(await retry({ context: this.#context, call }, () => reference.get())))
  }

  /** Changes what is written down, whoever else does at the same time. */
  async change(
    { name }: Pick<CollectionInfo, "name">,
    next: (indexes: readonly IndexInfo[]) => readonly IndexInfo[],
  ): Promise<readonly IndexInfo[]> {
    const reference = this.#reference(name)
    const { firestore, gate } = this.#context
    const changed = await gate.send(() =>
      firestore.runTransaction(async (transaction) => {
        const indexes = next(indexesOf(await transaction.get(reference)))
        transaction.set(reference, { indexes: indexes.map(plain) })
        return indexes
      }),
    )
    return this.#note(name, changed)
  }

  /** The collection is gone. True where something was written down. */
  async drop(name: string): Promise<boolean> {
    this.#known.delete(name)
    const reference = this.#reference(name)
    const { gate } = this.#context
    const { exists } = await gate.send(() => reference.get())
    if (exists) await gate.send(() => reference.delete())
    return exists
  }

  #note(name: string, indexes: readonly IndexInfo[]): readonly IndexInfo[] {
    this.#known.set(name, indexes)
    return indexes
  }

  #reference(name: string): DocumentReference {
    return this.#context.catalogOf(name)
  }
}

function indexesOf(snapshot: DocumentSnapshot): readonly IndexInfo[] {
  const held: unknown = snapshot.get("indexes")
  return (Array.isArray(held) ? held : []) as readonly IndexInfo[]
}

/** As plain fields: an optional one that is not set is left out. */
function plain(index: IndexInfo): Record<string, unknown> {
  return JSON.parse(JSON.stringify(index)) as Record<string, unknown>
}
