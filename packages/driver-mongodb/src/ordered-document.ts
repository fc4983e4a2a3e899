import { BSON } from "mongodb"

/**
 * A document of the server's as Maps. An object would put keys of digits in front, and MongoDB compares documents with the order of their
 * keys: one whose key `"2024"` was added last would never again be equal to what was read of it.
 */
export function orderedDocument(bytes: Uint8Array): Map<string, unknown> {
  const entries = BSON.onDemand.parseToElements(bytes)
  return new Map(
    Array.from(entries, ([type, nameOffset, nameLength, offset, length]) => {
      const name = new TextDecoder().decode(bytes.subarray(nameOffset, nameOffset + nameLength))
      const content = bytes.subarray(offset, offset + length)
      if (type === BSON.BSONType.object) return [name, orderedDocument(content)]
      if (type === BSON.BSONType.array) return [name, [...orderedDocument(content).values()]]
      return [name, decodeElement(bytes.subarray(nameOffset - 1, offset + length), name)]
    }),
  )
}

/** One element alone, in a document of its own; numbers keep their BSON type. */
function decodeElement(element: Uint8Array, name: string): unknown {
  const bytes = new Uint8Array(element.length + 5)
  new DataView(bytes.buffer).setInt32(0, bytes.length, true)
  bytes.set(element, 4)
  return BSON.deserialize(bytes, { promoteValues: false, bsonRegExp: true })[name]
}
