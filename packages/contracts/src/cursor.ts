/**
 * The documents of one query, read as they are asked for. Nothing runs before the first one is asked for, each iteration runs anew,
 * and leaving the loop early releases what the store holds.
 *
 * @example
 * for await (const user of users.find({ age: { $gte: 18 } })) console.log(user.name)
 */
export interface Cursor<T> extends AsyncIterable<T> {
  /** All documents, in memory. */
  toArray(): Promise<T[]>
  /** The first one, or null. */
  first(): Promise<T | null>
  /** A cursor over what `change` makes of each document; an async `change` is awaited. */
  map<U>(change: (document: T) => U | Promise<U>): Cursor<U>
}

/** One page, and where the next begins. */
export interface Page<T> {
  readonly items: T[]
  /** Hand it to `after` for the next page; absent on the last. */
  readonly next?: string
}
