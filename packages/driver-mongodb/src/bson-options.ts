import type { BSONSerializeOptions } from "mongodb"

/**
 * How the store reads and writes BSON, whatever the options of the client that it was given.
 * Integers come whole, so that the portable value decides between number and bigint; regular expressions come as they are,
 * since not every pattern of the server is one of JavaScript's, and the SDK would fail to read its document. The SDK looks names up in
 * `fieldsAsRaw`: in a common object, its own default, it finds `constructor` there, and leaves the objects of such an array as bytes.
 */
export const bsonOptions = {
  useBigInt64: true,
  promoteLongs: true,
  promoteValues: true,
  promoteBuffers: false,
  bsonRegExp: true,
  raw: false,
  fieldsAsRaw: Object.freeze(Object.create(null)) as Record<string, boolean>,
  ignoreUndefined: false,
  serializeFunctions: false,
} as const satisfies BSONSerializeOptions
