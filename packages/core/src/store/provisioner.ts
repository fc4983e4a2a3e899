import type { IndexReport } from "@nosql/contracts"
import type { CollectionInfo } from "../driver/collection-info.ts"

/** Remembers which declarations have been provisioned, so that each is once per store. A failure is not kept: the next call tries again. */
export class Provisioner {
  readonly #done = new Map<string, WeakMap<CollectionInfo, Promise<IndexReport>>>()

  once(collection: CollectionInfo, provision: () => Promise<IndexReport>): Promise<IndexReport> {
    const known = this.#done.get(collection.name) ?? new WeakMap<CollectionInfo, Promise<IndexReport>>()
    this.#done.set(collection.name, known)
    const earlier = known.get(collection)
    if (earlier !== undefined) return earlier
    const running = provision().catch((error: unknown) => {
      known.delete(collection)
      throw error
    })
    known.set(collection, running)
    return running
  }

  /** A dropped collection has lost its indexes. */
  forget(name: string): void {
    this.#done.delete(name)
  }
}
