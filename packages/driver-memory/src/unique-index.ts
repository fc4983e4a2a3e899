import type { Document, Value } from "@nosql/contracts"
import { formatPath, type IndexInfo } from "@nosql/core/driver"
import { hashValues, indexValues } from "./index-key.ts"
import { type ErrorContext, memoryError } from "./memory-error.ts"

/** A hash from the values of a unique index to the one document that has them. A document that lacks any of the keys is exempt. */
export class UniqueIndex {
  readonly #index: IndexInfo
  readonly #ids = new Map<string, string>()

  constructor(index: IndexInfo) {
    this.#index = index
  }

  /** Throws where another document has the values already. */
  check(document: Document, context: ErrorContext): void {
    const values = this.#values(document)
    if (values === undefined) return
    const holder = this.#ids.get(hashValues(values))
    if (holder === undefined || holder === document["_id"]) return
    const paths = this.#index.keys.map(({ path }) => formatPath(path))
    throw memoryError(
      "already-exists",
      `the unique index "${this.#index.name}" on ${paths.join(", ")} has these values already`,
      context,
      { path: paths[0] ?? "", details: { index: this.#index.name, paths } },
    )
  }

  add(document: Document): void {
    const values = this.#values(document)
    if (values !== undefined) this.#ids.set(hashValues(values), document["_id"] as string)
  }

  remove(document: Document): void {
    const values = this.#values(document)
    if (values !== undefined) this.#ids.delete(hashValues(values))
  }

  find(values: readonly Value[]): string | undefined {
    return this.#ids.get(hashValues(values))
  }

  #values(document: Document): Value[] | undefined {
    const values = indexValues(document, this.#index)
    return values.includes(undefined) ? undefined : (values as Value[])
  }
}
