import type { Document, Value } from "@nosql/contracts"
import { type CollectionInfo, longestName, NameTable } from "@nosql/core/driver"
import { type DeclaredValue, declaredValues } from "./declared-values.ts"
import { decodeInteger, decodeNumber } from "./decode-value.ts"
import { decodeId } from "./id-codec.ts"
import { carryObjectId } from "./native-codec.ts"

/** The types of BSON that the language has kinds for, and ids: https://bsonspec.org/spec.html */
const bsonType = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binary: 5,
  objectId: 7,
  boolean: 8,
  date: 9,
  null: 10,
  int32: 16,
  int64: 18,
} as const

/** What is thrown where a document holds another type, or its bytes are broken. */
const otherForm = new Error("the document has another form")

const dollar = 0x24
const firstBeyondAscii = 0x80

/** Reads documents straight out of their bytes, what `BSON.deserialize` and `documentDecoder` make of them together. */
export class DocumentReader {
  readonly #names = new NameTable()
  readonly #texts = new NameTable()
  #bytes: Buffer = Buffer.alloc(0)
  #at = 0

  /** Undefined where the SDK must read it: it holds types that the language has no kind for, references between databases, or its bytes are broken. */
  read(bytes: Uint8Array, collection: CollectionInfo): Document | undefined {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#at = 0
    try {
      const end = this.#end()
      if (end !== bytes.byteLength) return undefined
      return this.#fields(end, declaredValues(collection), collection, true)
    } catch {
      // Also where a number lies beyond the bytes, or objects lie too deep.
      return undefined
    }
  }

  /** Keeps no answer alive. */
  end(): void {
    this.#bytes = Buffer.alloc(0)
  }

  #fields(
    end: number,
    declared: DeclaredValue | undefined,
    collection: CollectionInfo,
    ofDocument: boolean,
  ): Document {
    const fields: Document = {}
    for (let type = this.#type(end); type !== 0; type = this.#type(end)) {
      const name = this.#name()
      fields[name] =
        ofDocument && name === "_id"
          ? this.#id(type, collection)
          : this.#value(type, declared?.below?.get(name), collection)
    }
    return fields
  }

  #items(end: number, collection: CollectionInfo): Value[] {
    const items: Value[] = []
    for (let type = this.#type(end); type !== 0; type = this.#type(end)) {
      // Its name, the index, is not looked at.
      while (this.#bytes[this.#at++] !== 0) if (this.#at >= end) throw otherForm
      items.push(this.#value(type, undefined, collection))
    }
    return items
  }

  /** The type of the next field; 0 at the end, which must lie where the size said. */
  #type(end: number): number {
    const type = this.#bytes[this.#at++]
    if (type === undefined || (type === 0 && this.#at !== end)) throw otherForm
    return type
  }

  #value(type: number, declared: DeclaredValue | undefined, collection: CollectionInfo): Value {
    if (declared?.kind === "id") return this.#reference(type, collection)
    switch (type) {
      case bsonType.string:
        return this.#text()
      case bsonType.int32:
        return decodeNumber(this.#int32(), declared)
      case bsonType.double:
        return decodeNumber(this.#double(), declared)
      case bsonType.object:
        return this.#fields(this.#end(), declared, collection, false)
      case bsonType.array:
        return this.#items(this.#end(), collection)
      case bsonType.boolean:
        return this.#boolean()
      case bsonType.date:
        return this.#date()
      case bsonType.null:
        return null
      case bsonType.int64:
        return decodeInteger(this.#int64(), declared)
      case bsonType.objectId:
        return carryObjectId(this.#hex())
      case bsonType.binary:
        return this.#binary()
      default:
        throw otherForm
    }
  }

  /** What is declared to be the `_id` of another document. */
  #reference(type: number, collection: CollectionInfo): Value {
    if (type === bsonType.null) return null
    if (type === bsonType.array) return this.#items(this.#end(), collection)
    if (type !== bsonType.string) return this.#id(type, collection)
    const text = this.#text()
    return text === "" ? text : decodeId(text, collection)
  }

  #id(type: number, collection: CollectionInfo): string {
    const { ids } = collection
    if (type === bsonType.string) return decodeId(this.#text(), collection)
    if (type !== bsonType.objectId || ids === "string" || ids === "uuid") throw otherForm
    return this.#hex()
  }

  #name(): string {
    const bytes = this.#bytes
    const start = this.#at
    let end = start
    let hash = 0
    let byte = bytes[end] as number
    // A reference between databases begins so.
    if (byte === dollar) throw otherForm
    while (byte > 0 && byte < firstBeyondAscii) {
      hash = (hash * 31 + byte) | 0
      end += 1
      byte = bytes[end] as number
    }
    if (byte !== 0) return this.#otherName(start, end)
    this.#at = end + 1
    const name = this.#names.find(bytes, start, end, hash)
    // To an assignment it is no field.
    if (name === "__proto__") throw otherForm
    return name
  }

  #otherName(start: number, from: number): string {
    const end = this.#bytes.indexOf(0, from)
    if (end === -1) throw otherForm
    this.#at = end + 1
    return this.#bytes.toString("utf8", start, end)
  }

  #text(): string {
    const bytes = this.#bytes
    const length = this.#int32() - 1
    const start = this.#at
    const end = start + length
    if (length < 0 || bytes[end] !== 0) throw otherForm
    this.#at = end + 1
    if (length <= longestName) {
      let hash = 0
      let at = start
      for (; at < end; at++) {
        const byte = bytes[at] as number
        if (byte >= firstBeyondAscii) break
        hash = (hash * 31 + byte) | 0
      }
      if (at === end) return this.#texts.find(bytes, start, end, hash)
    }
    const text = bytes.toString("utf8", start, end)
    // Stands for bytes that are no text, too.
    if (text.includes("\ufffd")) throw otherForm
    return text
  }

  /** Where an object ends, by the size that it begins with. */
  #end(): number {
    const start = this.#at
    const end = start + this.#int32()
    if (end > this.#bytes.length || end <= this.#at) throw otherForm
    return end
  }

  #int32(): number {
    const value = this.#bytes.readInt32LE(this.#at)
    this.#at += 4
    return value
  }

  #int64(): bigint {
    const value = this.#bytes.readBigInt64LE(this.#at)
    this.#at += 8
    return value
  }

  #double(): number {
    const value = this.#bytes.readDoubleLE(this.#at)
    this.#at += 8
    return value
  }

  #boolean(): boolean {
    const byte = this.#bytes[this.#at++]
    if (byte !== 0 && byte !== 1) throw otherForm
    return byte === 1
  }

  #date(): Date {
    const low = this.#bytes.readUInt32LE(this.#at)
    const high = this.#bytes.readInt32LE(this.#at + 4)
    this.#at += 8
    const date = new Date(high * 2 ** 32 + low)
    if (Number.isNaN(date.getTime())) throw otherForm
    return date
  }

  #hex(): string {
    const start = this.#at
    this.#at = start + 12
    if (this.#at > this.#bytes.length) throw otherForm
    return this.#bytes.toString("hex", start, this.#at)
  }

  #binary(): Uint8Array {
    const length = this.#int32()
    const subtype = this.#bytes[this.#at++]
    const start = this.#at
    this.#at = start + length
    if (subtype !== 0 || length < 0 || this.#at > this.#bytes.length) throw otherForm
    // A copy: the bytes are a window on the whole answer of the server, and would keep it alive.
    return new Uint8Array(this.#bytes.subarray(start, this.#at))
  }
}
