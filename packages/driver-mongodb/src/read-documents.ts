import type { Document } from "@nosql/contracts"
import type { CollectionInfo } from "@nosql/core/driver"
import { BSON, type BSONSerializeOptions } from "mongodb"
import { bsonOptions } from "./bson-options.ts"
import { DocumentReader } from "./document-reader.ts"
import { documentDecoder } from "./value-codec.ts"

type ReadDocuments = (found: readonly Uint8Array[], collection: CollectionInfo) => Document[]

/** Reads documents as a find gives them, as bytes: most straight from there, the others through the SDK's values, which says what is wrong with broken ones. */
export function documentsReader({ enableUtf8Validation = true }: BSONSerializeOptions): ReadDocuments {
  const reader = new DocumentReader()
  const options = { ...bsonOptions, validation: { utf8: enableUtf8Validation } }
  return (found, collection) => {
    const decode = documentDecoder(collection)
    const documents = found.map(
      (bytes) => reader.read(bytes, collection) ?? decode(BSON.deserialize(bytes, options)),
    )
    reader.end()
    return documents
  }
}
