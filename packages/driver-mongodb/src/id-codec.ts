import type { IdKind } from "@nosql/contracts"
import { BSON, type Document as BsonDocument, ObjectId, UUID } from "mongodb"

/** Begins the text of an `_id` that is neither a string nor of the kind that the collection declares: MongoDB's extended JSON follows. */
const foreign = "ejson:"
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const uuidSubtype = 4

interface Ids {
  readonly ids: IdKind
}

/** The id that was made last: most often it is the next to be stored. */
let newest = { text: "", id: new ObjectId() }

/** The text of a new ObjectId. */
export function newObjectId(): string {
  const id = new ObjectId()
  newest = { text: id.toHexString(), id }
  return newest.text
}

/** An id as it is stored: `decodeId` turned around. */
export function encodeId(id: string, { ids }: Ids): unknown {
  if (id === newest.text && ids !== "string" && ids !== "uuid") return newest.id
  if (ids === "uuid") {
    if (uuid.test(id)) return new UUID(id)
  } else if (ids !== "string" && isHex24(id)) return new ObjectId(id)
  if (!id.startsWith(foreign)) return id
  const value = parse(id)
  return value === undefined ? id : value
}

/** Not by a pattern, which takes longer than all else where a call finds its caches cold. */
function isHex24(text: string): boolean {
  if (text.length !== 24) return false
  for (let i = 0; i < 24; i++) {
    const code = text.charCodeAt(i)
    const isDigit = code >= 0x30 && code <= 0x39
    if (!isDigit && !(code >= 0x61 && code <= 0x66)) return false
  }
  return true
}

/**
 * An id as the application sees it: always a string, and one that finds it again. A string that reads like an id of another kind is told apart from it.
 */
export function decodeId(id: unknown, collection: Ids): string {
  if (typeof id === "string") {
    const same = encodeId(id, collection) === id && !id.startsWith(foreign) && id !== ""
    return same ? id : foreign + JSON.stringify(id)
  }
  const { ids } = collection
  const type = (id as { _bsontype?: unknown } | null | undefined)?._bsontype
  if (type === "ObjectId" && ids !== "string" && ids !== "uuid") return (id as ObjectId).toHexString()
  if (type === "Binary" && ids === "uuid" && (id as UUID).sub_type === uuidSubtype)
    return new UUID((id as UUID).buffer).toHexString(true)
  return foreign + foreignText(id)
}

/** Why MongoDB cannot hold this id, or undefined. */
export function idProblem(id: string): string | undefined {
  if (!id.startsWith(foreign)) return undefined
  const value = parse(id)
  return value === undefined || decodeId(value, { ids: "auto" }) !== id
    ? `an _id that begins with "${foreign}" is the text of a MongoDB value as reads return it, and this is none`
    : undefined
}

/** Numbers, which are one kind, stand as they are; the rest is canonical extended JSON, which tells the types apart. */
function foreignText(id: unknown): string {
  if (typeof id === "number" && Number.isFinite(id)) return String(id === 0 ? 0 : id)
  if (typeof id === "bigint" && Number.isSafeInteger(Number(id))) return String(id)
  return BSON.EJSON.stringify(id as BsonDocument, { relaxed: false })
}

function parse(id: string): unknown {
  try {
    const value: unknown = BSON.EJSON.parse(id.slice(foreign.length), { relaxed: true, useBigInt64: true })
    return Array.isArray(value) ? undefined : value
  } catch {
    return undefined
  }
}
