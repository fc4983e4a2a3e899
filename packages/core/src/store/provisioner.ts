import type { IndexReport } from "@nosql/contracts"
import type { CollectionInfo } from "../driver/collection-info.ts"

interface Provisioning {
  readonly running: Promise<IndexReport>
  done: boolean
}

/** Remembers which declarations have been provisioned, so that each is once per store. A failure is not kept: the next call tries again. */
export class Provisioner {
  readonly #known = new Map<string, WeakMap<CollectionInfo, Provisioning>>()

  once(collection: CollectionInfo, provision: () => Promise<IndexReport>): Promise<IndexReport> {
    const known = this.#known.get(collection.name) ?? new WeakMap<CollectionInfo, Provisioning>()
    this.#known.set(collection.name, known)
    const earlier = known.get(collection)
    if (earlier !== undefined) return earlier.running
    const running = provision().then(
      (report) => {
        provisioning.done = true
        return report
      },
      (error: unknown) => {
        known.delete(collection)
        throw error
      },
    )
    const provisioning: Provisioning = { running, done: false }
    known.set(collection, provisioning)
    return running
  }

  /** Whether there is nothing to wait for any more. */
  isDone(collection: CollectionInfo): boolean {
    return this.#known.get(collection.name)?.get(collection)?.done === true
  }

  /** A dropped collection has lost its indexes. */
  forget(name: string): void {
    this.#known.delete(name)
  }
}
