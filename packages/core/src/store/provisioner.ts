import type { IndexReport } from "@nosql/contracts"
import type { CollectionInfo } from "../driver/collection-info.ts"

/** Remembers which declarations have been provisioned, so that each is once per store. A failure is not kept: the next call tries again. */
export class Provisioner {
  readonly #begun = new Map<string, WeakMap<CollectionInfo, Promise<IndexReport>>>()
  readonly #done = new Map<string, WeakSet<CollectionInfo>>()

  once(collection: CollectionInfo, provision: () => Promise<IndexReport>): Promise<IndexReport> {
    const begun = this.#begun.get(collection.name) ?? new WeakMap<CollectionInfo, Promise<IndexReport>>()
    const done = this.#done.get(collection.name) ?? new WeakSet<CollectionInfo>()
    this.#begun.set(collection.name, begun)
    this.#done.set(collection.name, done)
    const earlier = begun.get(collection)
    if (earlier !== undefined) return earlier
    const running = provision().then(
      (report) => {
        done.add(collection)
        return report
      },
      (error: unknown) => {
        begun.delete(collection)
        throw error
      },
    )
    begun.set(collection, running)
    return running
  }

  /** Whether there is nothing to wait for any more. */
  isDone(collection: CollectionInfo): boolean {
    return this.#done.get(collection.name)?.has(collection) === true
  }

  /** A dropped collection has lost its indexes. */
  forget(name: string): void {
    this.#begun.delete(name)
    this.#done.delete(name)
  }
}
