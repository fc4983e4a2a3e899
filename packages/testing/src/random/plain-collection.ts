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
  findOne(filter: object, options: object): Promise<Document | null>
  getMany(ids: readonly string[]): Promise<readonly (Document | null)[]>
  count(filter: object): Promise<number>
  exists(filter: object): Promise<boolean>
  distinct(path: string, filter: object): Promise<readonly unknown[]>
  page(
    filter: object,
    options: object,
  ): Promise<{ readonly items: readonly Document[]; readonly next?: string }>
  updateOne(filter: object, update: object, options: object): Promise<WriteResult>
  updateMany(filter: object, update: object, options: object): Promise<WriteResult>
  replaceOne(filter: object, replacement: object, options: object): Promise<WriteResult>
  deleteOne(filter: object, options?: object): Promise<WriteResult>
  deleteMany(filter: object, options?: object): Promise<WriteResult>
  findOneAndUpdate(filter: object, update: object, options: object): Promise<Document | null>
  findOneAndReplace(filter: object, replacement: object, options: object): Promise<Document | null>
  findOneAndDelete(filter: object, options: object): Promise<Document | null>
  bulkWrite(operations: readonly object[]): Promise<unknown>
}
