import type { Document } from "@nosql/contracts"
import type { CollectionInfo, WriteOutcome } from "@nosql/core/driver"
import type { Document as BsonDocument, Collection, DeleteResult, ModifyResult, UpdateResult } from "mongodb"
import type { CommandOptions } from "./command-options.ts"
import { decodeId } from "./id-codec.ts"
import type { MongoWrite } from "./plan-write.ts"
import { documentDecoder } from "./value-codec.ts"

/** What the SDK answers to a write; with an image of the document for `returning`. */
type Answer = UpdateResult | DeleteResult | ModifyResult<BsonDocument>

/** Sends a planned write; `outcomeOf` reads its answer. */
export function sendWrite(
  target: Collection<BsonDocument>,
  write: MongoWrite,
  options: CommandOptions | undefined,
): Promise<Answer> {
  if (write.returning !== undefined) return findAndModify(target, write, options)
  const { filter } = write
  if (write.kind === "delete") return target[write.many ? "deleteMany" : "deleteOne"](filter, options)
  const own = write.upsert === true ? { ...options, upsert: true } : options
  if (write.kind === "replace") return target.replaceOne(filter, write.replacement, own)
  return target[write.many ? "updateMany" : "updateOne"](filter, write.update, own)
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

/** What a planned write did. */
export function outcomeOf(answer: Answer, collection: CollectionInfo): WriteOutcome {
  if ("value" in answer) return outcomeOfImage(answer, collection)
  if ("deletedCount" in answer) return { matched: answer.deletedCount, modified: answer.deletedCount }
  const { matchedCount: matched, modifiedCount: modified, upsertedId } = answer
  return upsertedId === null || upsertedId === undefined
    ? { matched, modified }
    : { matched, modified, upsertedId: decodeId(upsertedId, collection) }
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
