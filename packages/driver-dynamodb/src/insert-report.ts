import { NoSQLError } from "@nosql/contracts"
import type { InsertOutcome } from "@nosql/core/driver"

/** What became of the documents of an insert. */
export class InsertReport {
  readonly #done: number[] = []
  readonly #failures: { index: number; error: unknown }[] = []
  readonly #unknown: number[] = []
  #error: unknown

  done(indexes: readonly number[]): void {
    this.#done.push(...indexes)
  }

  /** An answer that was lost is no failure: nobody knows. */
  failed(indexes: readonly number[], error: unknown): void {
    if (NoSQLError.isInstance(error) && error.details["unknown"] === true) {
      this.#unknown.push(...indexes)
      this.#error ??= error
    } else this.#failures.push(...indexes.map((index) => ({ index, error })))
  }

  get stopped(): boolean {
    return this.#failures.length + this.#unknown.length > 0
  }

  outcome(): InsertOutcome {
    const ascending = (a: number, b: number) => a - b
    return {
      done: this.#done.sort(ascending),
      failures: this.#failures.sort((a, b) => a.index - b.index),
      ...(this.#unknown.length === 0 ? {} : { unknown: this.#unknown.sort(ascending) }),
      ...(this.#error === undefined ? {} : { error: this.#error }),
    }
  }
}
