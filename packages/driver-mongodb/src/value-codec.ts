import type { Document } from "@nosql/contracts"
import type { Document as BsonDocument } from "mongodb"
import { type CodecInfo, declaredValues } from "./declared-values.ts"
import { decodeFields } from "./decode-value.ts"
import { encodeFields } from "./encode-value.ts"
import { decodeId, encodeId } from "./id-codec.ts"

/** Makes documents ready to be sent. What is sent as it is, is not copied. `plain` documents hold only what the SDK writes as it is, but where the declaration says otherwise. */
export function documentEncoder(collection: CodecInfo, plain = false): (document: Document) => BsonDocument {
  const declared = declaredValues(collection)
  const asTheyAre = plain && declared === undefined
  return (document) => {
    const { _id } = document
    const encoded = asTheyAre ? document : encodeFields(document, declared, collection)
    if (typeof _id !== "string") return encoded
    const id = encodeId(_id, collection)
    if (id === _id) return encoded
    return encoded === document ? { ...document, _id: id } : Object.assign(encoded, { _id: id })
  }
}

/**
 * The same where the `_id` comes apart from the other fields. It is put last, as the SDK does: the server moves it, and a copy of all fields at once is the quickest.
 * `plain` fields are stored as they are, but where the declaration says otherwise.
 */
export function fieldsEncoder(
  collection: CodecInfo,
): (id: string, fields: Document, plain: boolean) => BsonDocument {
  const declared = declaredValues(collection)
  return (id, fields, plain) => {
    const asTheyAre = plain && declared === undefined
    const document = { ...(asTheyAre ? fields : encodeFields(fields, declared, collection)) }
    document["_id"] = encodeId(id, collection)
    return document
  }
}

export function encodeDocument(document: Document, collection: CodecInfo): BsonDocument {
  return documentEncoder(collection)(document)
}

/**
 * Turns what the SDK has read into portable documents, in place: nobody else holds what it made.
 * What the language does not know becomes a NativeValue.
 */
export function documentDecoder(collection: CodecInfo): (document: BsonDocument) => Document {
  const declared = declaredValues(collection)
  return (document) => {
    // First, so that the walk below meets a string.
    const id: unknown = document["_id"]
    if (id !== undefined) document["_id"] = decodeId(id, collection)
    decodeFields(document, declared, collection)
    return document as Document
  }
}
