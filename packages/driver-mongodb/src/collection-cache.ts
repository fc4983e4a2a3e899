import type { CollectionInfo } from "@nosql/core/driver"
import type { Document as BsonDocument, Collection, Db } from "mongodb"
import { bsonOptions } from "./bson-options.ts"

/** The SDK's collections, made once: each works its options out anew. */
export class CollectionCache {
  readonly #database: Db
  readonly #made = new WeakMap<CollectionInfo, Collection<BsonDocument>>()

  constructor(database: Db) {
    this.#database = database
  }

  of(collection: CollectionInfo): Collection<BsonDocument> {
    const known = this.#made.get(collection)
    if (known !== undefined) return known
    const made = this.#database.collection(collection.name, bsonOptions)
    this.#made.set(collection, made)
    return made
  }
}
