import type { Document } from "@nosql/contracts"
import { copyDocument, type ReadDocument } from "@nosql/core/driver"

/** What each document was before its newest write, which an index that lags behind still tells of it: another, or none at all. */
type Image = ReadDocument | undefined

/** The older images of all documents that were written, for a store whose index lags behind by one write. */
export class StaleImages {
  readonly #collections = new Map<string, Map<string, Image>>()

  /** A document that replaced or removed what was read. */
  replaced(collection: string, read: ReadDocument): void {
    this.#of(collection).set(read.document["_id"] as string, {
      ...read,
      document: copyDocument(read.document),
    })
  }

  /** A new document: an image that an earlier one of this id left stays. */
  inserted(collection: string, id: string): void {
    const images = this.#of(collection)
    if (!images.has(id)) images.set(id, undefined)
  }

  forget(collection: string): void {
    this.#collections.delete(collection)
  }

  /** Whether the newest write of a document has not come to the index. */
  lags(collection: string, document: Document): boolean {
    return this.#of(collection).has(document["_id"] as string)
  }

  of(collection: string): ReadDocument[] {
    return [...this.#of(collection).values()].flatMap((image) =>
      image === undefined ? [] : [{ ...image, document: copyDocument(image.document) }],
    )
  }

  #of(collection: string): Map<string, Image> {
    const images = this.#collections.get(collection) ?? new Map<string, Image>()
    this.#collections.set(collection, images)
    return images
  }
}
