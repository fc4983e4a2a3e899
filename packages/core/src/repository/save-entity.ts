import type { CallOptions, Document } from "@nosql/contracts"
import { toEntity } from "./entity-mapping.ts"
import { insertPrepared } from "./insert-entity.ts"
import { type PreparedEntity, prepareEntity } from "./prepare-entity.ts"
import { type IdentifiedEntity, insertOrReplace } from "./replace-entity.ts"
import type { RepositoryContext } from "./repository-context.ts"

export async function insertEntity(
  context: RepositoryContext,
  entity: unknown,
  options?: CallOptions,
): Promise<unknown> {
  const prepared = await prepareEntity(context, entity)
  return finishEntity(context, await insertPrepared(context, prepared, options))
}

export async function saveEntity(
  context: RepositoryContext,
  entity: unknown,
  options?: CallOptions,
): Promise<unknown> {
  const prepared = await prepareEntity(context, entity)
  const document = hasId(prepared)
    ? await insertOrReplace(context, prepared, options)
    : await insertPrepared(context, prepared, options)
  return finishEntity(context, document)
}

export function hasId(entity: PreparedEntity): entity is IdentifiedEntity {
  return entity.id !== undefined
}

/** The entity of a document that was written, after its hook. */
export async function finishEntity(context: RepositoryContext, document: Document): Promise<unknown> {
  const entity = await toEntity(context, document)
  await context.hooks.afterSave?.(entity as never)
  return entity
}
