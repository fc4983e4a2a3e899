import type { Cursor } from "@nosql/contracts"
import { firstOf } from "./first-of.ts"

/** A cursor over batches. Nothing runs before the first document is asked for; each iteration runs anew. */
export class FindCursor<T> implements Cursor<T> {
  readonly #open: () => AsyncIterable<readonly T[]>

  constructor(open: () => AsyncIterable<readonly T[]>) {
    this.#open = open
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const batch of this.#open()) yield* batch
  }

  async toArray(): Promise<T[]> {
    const all: T[] = []
    for await (const batch of this.#open()) for (const item of batch) all.push(item)
    return all
  }

  async first(): Promise<T | null> {
    return (await firstOf(this.#open())) ?? null
  }

  map<U>(change: (item: T) => U | Promise<U>): FindCursor<U> {
    return new FindCursor<U>(() => mapBatches(this.#open(), change))
  }
}

async function* mapBatches<T, U>(
  batches: AsyncIterable<readonly T[]>,
  change: (item: T) => U | Promise<U>,
): AsyncGenerator<readonly U[]> {
  for await (const batch of batches) yield await Promise.all(batch.map(change))
}
