import { type CallOptions, type Document, NoSQLError } from "@nosql/contracts"
import { composeDocument, type Kept, keptFilter, keptOf } from "./compose-document.ts"
import { insertPrepared } from "./insert-entity.ts"
import type { PreparedEntity } from "./prepare-entity.ts"
import type { RepositoryContext } from "./repository-context.ts"
import { scopedId } from "./scope.ts"
import { whereTaken } from "./taken-id.ts"
import { versionConflict, versionOf } from "./version-conflict.ts"

/** An entity that names its id. */
export type IdentifiedEntity = PreparedEntity & { readonly id: string }

/** Inserts an entity, or puts it in the place of the one of its id. */
export async function insertOrReplace(
  context: RepositoryContext,
  entity: IdentifiedEntity,
  options?: CallOptions,
): Promise<Document> {
  const { behaviours, scope } = context
  if (behaviours.optimisticLocking && entity.version === undefined) return insertNew(context, entity, options)
  const keepsNothing = !behaviours.timestamps && scope.deleted === "hidden"
  if (keepsNothing && !behaviours.optimisticLocking) return upsert(context, entity, options)
  return replaceKeeping(context, entity, keepsNothing ? {} : keptBy(context, entity), options)
}

/** Under optimistic locking an entity without a version is a new one. */
function insertNew(
  context: RepositoryContext,
  entity: IdentifiedEntity,
  options?: CallOptions,
): Promise<Document> {
  return whereTaken(
    context,
    entity.id,
    () => insertPrepared(context, entity, options),
    (holder) => {
      throw versionConflict(context, null, versionOf(holder))
    },
  )
}

/** One request, where nothing of what is there is kept. */
function upsert(
  context: RepositoryContext,
  entity: IdentifiedEntity,
  options?: CallOptions,
): Promise<Document> {
  return whereTaken(
    context,
    entity.id,
    async () => {
      const written = await replace(context, entity, {}, { ...options, upsert: true })
      if (written === null) throw new Error("an upsert always leaves a document")
      return written
    },
    () => replaceKeeping(context, entity, {}, options),
  )
}

/** Times that a save may find its entity gone, then there, then gone. */
const maxAttempts = 5

/**
 * Replaces on the condition that what is kept is as it was read, so that nothing is kept of a document that is not there any more.
 * The entity may bring it along; else, or where it is wrong, it is read first.
 */
async function replaceKeeping(
  context: RepositoryContext,
  entity: IdentifiedEntity,
  brought: Kept | undefined,
  options?: CallOptions,
): Promise<Document> {
  let kept = brought
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const replaced = kept === undefined ? null : await replace(context, entity, kept, options)
    if (replaced !== null) return replaced
    const current = await context.collection.findOne(scopedId(context, entity.id), {
      ...options,
      consistency: "strong",
    })
    if (context.behaviours.optimisticLocking && versionOf(current) !== entity.version)
      throw versionConflict(context, entity.version ?? null, versionOf(current))
    if (current === null) {
      const inserted = await insertUnlessThere(context, entity, options)
      if (inserted !== null) return inserted
    }
    kept = current === null ? undefined : keptOf(context, current)
  }
  throw tooManyWriters(context)
}

function replace(
  context: RepositoryContext,
  entity: IdentifiedEntity,
  kept: Kept,
  options?: CallOptions & { readonly upsert?: boolean },
): Promise<Document | null> {
  const { version } = entity
  const filter = {
    ...keptFilter(context, kept),
    ...(version === undefined ? {} : { version: { $eq: version } }),
  }
  return context.collection.findOneAndReplace(
    scopedId(context, entity.id, filter),
    composeDocument(context, entity, kept),
    { ...options, returnDocument: "after" },
  )
}

/** Null where somebody else has inserted it in between. */
function insertUnlessThere(
  context: RepositoryContext,
  entity: IdentifiedEntity,
  options?: CallOptions,
): Promise<Document | null> {
  return whereTaken<Document | null>(
    context,
    entity.id,
    () => insertPrepared(context, entity, options),
    () => null,
  )
}

/** Undefined where the document has to be read: the entity does not say when it was created, or may be a deleted one. */
function keptBy({ scope }: RepositoryContext, { createdAt }: IdentifiedEntity): Kept | undefined {
  return createdAt === undefined || scope.deleted !== "hidden" ? undefined : { createdAt }
}

function tooManyWriters({ call }: RepositoryContext): NoSQLError {
  const { operation, collection = "", backend = "" } = call
  const message = `${operation}: other writers kept removing and inserting the entity`
  return new NoSQLError("conflict", message, { operation, collection, backend, retryable: true })
}
