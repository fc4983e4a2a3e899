import type { CallOptions, Document } from "@nosql/contracts"
import { argumentError } from "../values/argument-error.ts"
import { normalizeDocument } from "../values/normalize-value.ts"
import { composeDocument } from "./compose-document.ts"
import type { PreparedEntity } from "./prepare-entity.ts"
import type { RepositoryContext } from "./repository-context.ts"

export async function insertPrepared(
  context: RepositoryContext,
  entity: PreparedEntity,
  options?: CallOptions,
): Promise<Document> {
  const document = newDocument(context, entity)
  const _id = await context.collection.insertOne(document, options)
  const [written = document] = await writtenForms(context, [{ ...document, _id }])
  return written
}

/** The document of a new entity. */
export function newDocument(context: RepositoryContext, entity: PreparedEntity): Document {
  if (context.scope.deleted === "only")
    throw argumentError(context.call, "", "onlyDeleted() sees deleted entities; a new one is none")
  const document = composeDocument(context, { ...entity, version: undefined })
  return entity.id === undefined ? document : { _id: entity.id, ...document }
}

/** Documents that were inserted, as they would be read. Where a schema may have changed them, they are. */
export async function writtenForms(
  { asRead, collection, call }: RepositoryContext,
  documents: readonly Document[],
): Promise<Document[]> {
  const local = documents.map((document) => normalizeDocument(document, call))
  if (asRead !== undefined) return local.map(asRead)
  const ids = documents.map(({ _id }) => _id as string)
  const found = await collection.getMany(ids, { consistency: "strong" })
  return local.map((document, i) => found[i] ?? document)
}
