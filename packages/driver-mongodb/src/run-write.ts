import type { Document } from "@nosql/contracts"
import type { CollectionInfo, WriteOutcome } from "@nosql/core/driver"
import type { Document as BsonDocument, Collection, ModifyResult, UpdateResult } from "mongodb"
import type { CommandOptions } from "./command-options.ts"
import { decodeId } from "./id-codec.ts"
import type { MongoWrite } from "./plan-write.ts"
import { documentDecoder } from "./value-codec.ts"

/** Sends a planned write. */
export async function runWrite(
  target: Collection<BsonDocument>,
  write: MongoWrite,
  collection: CollectionInfo,
  options: CommandOptions | undefined,
): Promise<WriteOutcome> {
  if (write.returning !== undefined)
    return outcomeOfImage(await findAndModify(target, write, options), collection)
  const { filter } = write
  if (write.kind === "delete") {
    const { deletedCount } = await target[write.many ? "deleteMany" : "deleteOne"](filter, options)
    return { matched: deletedCount, modified: deletedCount }
  }
  const own = write.upsert === true ? { ...options, upsert: true } : options
  if (write.kind === "replace")
    return outcomeOf(await target.replaceOne(filter, write.replacement, own), collection)
  return outcomeOf(
    await target[write.many ? "updateMany" : "updateOne"](filter, write.update, own),
    collection,
  )
}

function findAndModify(
  target: Collection<BsonDocument>,
  write: MongoWrite,
  options: CommandOptions | undefined,
): Promise<ModifyResult<BsonDocument>> {
  const { filter, sort, returning } = write
  const image = {
    ...options,
    includeResultMetadata: true,
    ...(sort === undefined ? {} : { sort }),
  } as const
  if (write.kind === "delete") return target.findOneAndDelete(filter, image)
  const written = {
    ...image,
    returnDocument: returning ?? "before",
    ...(write.upsert === true ? { upsert: true } : {}),
  } as const
  if (write.kind === "replace") return target.findOneAndReplace(filter, write.replacement, written)
  return target.findOneAndUpdate(filter, write.update, written)
}

function outcomeOf(
  { matchedCount, modifiedCount, upsertedId }: UpdateResult,
  collection: CollectionInfo,
): WriteOutcome {
  const counts = { matched: matchedCount, modified: modifiedCount }
  return upsertedId === null || upsertedId === undefined
    ? counts
    : { ...counts, upsertedId: decodeId(upsertedId, collection) }
}

function outcomeOfImage(
  { value, lastErrorObject }: ModifyResult<BsonDocument>,
  collection: CollectionInfo,
): WriteOutcome {
  const upserted: unknown = lastErrorObject?.["upserted"]
  const document: { document?: Document } =
    value === null ? {} : { document: documentDecoder(collection)(value) }
  if (upserted !== undefined && upserted !== null)
    return { matched: 0, modified: 0, upsertedId: decodeId(upserted, collection), ...document }
  const found: number = lastErrorObject?.["n"] ?? 0
  return { matched: found, modified: found, ...document }
}
