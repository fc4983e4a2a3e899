import type { Document } from "@nosql/contracts"

export interface WriteResult {
  readonly matched?: number
  readonly modified?: number
  readonly deleted?: number
  readonly upsertedId?: string
}

/** A collection as the random suite calls it: filters and updates are data here, so their types would only be in the way. */
export interface PlainCollection {
  readonly name: string
  insertMany(documents: readonly Document[]): Promise<unknown>
  find(filter: object, options?: object): { toArray(): Promise<readonly Document[]> }
  count(filter: object): Promise<number>
  distinct(path: string, filter: object): Promise<readonly unknown[]>
  page(
    filter: object,
    options: object,
  ): Promise<{ readonly items: readonly Document[]; readonly next?: string }>
  updateOne(filter: object, update: object, options: object): Promise<WriteResult>
  updateMany(filter: object, update: object, options: object): Promise<WriteResult>
  replaceOne(filter: object, replacement: object, options: object): Promise<WriteResult>
  deleteOne(filter: object): Promise<WriteResult>
  deleteMany(filter: object): Promise<WriteResult>
}
