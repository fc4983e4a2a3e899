import type { CallOptions, Document } from "@nosql/contracts"
import { NoSQLError } from "@nosql/contracts"
import { progressError } from "../operations/write-progress.ts"
import { argumentError } from "../values/argument-error.ts"
import { insertBatch } from "./insert-batch.ts"
import { type PreparedEntity, prepareEntity } from "./prepare-entity.ts"
import { insertOrReplace } from "./replace-entity.ts"
import type { RepositoryContext } from "./repository-context.ts"
import { finishEntity, hasId } from "./save-entity.ts"
import { newSaveProgress, type SaveProgress } from "./save-progress.ts"
import { workThrough } from "./work-through.ts"

/**
 * Saves all: new entities in the store's batches, then those that have an id, some at a time. All are prepared before the first is sent;
 * after a failure none is begun, and the error says by index what was saved. `afterSave` runs once all are.
 */
export async function saveEntities(
  context: RepositoryContext,
  entities: readonly unknown[],
  options?: CallOptions,
): Promise<unknown[]> {
  if (!Array.isArray(entities)) throw argumentError(context.call, "", "takes an array of entities")
  const prepared: PreparedEntity[] = []
  for (const entity of entities) prepared.push(await prepareEntity(context, entity))
  const progress = newSaveProgress()
  await insertBatch(context, prepared, progress, options)
  if (progress.stopped.length === 0) await saveIdentified(context, prepared, progress, options)
  refuseIncomplete(context, progress, entities.length)
  const saved: unknown[] = []
  for (const index of entities.keys()) {
    saved.push(await finishEntity(context, progress.written.get(index) as Document))
  }
  return saved
}

async function saveIdentified(
  context: RepositoryContext,
  prepared: readonly PreparedEntity[],
  { written, stopped }: SaveProgress,
  options?: CallOptions,
): Promise<void> {
  const identified = [...prepared.entries()].flatMap(([index, entity]) =>
    hasId(entity) ? [{ index, entity }] : [],
  )
  // Those of one id in their order: the last one stays.
  const byId = [...Map.groupBy(identified, ({ entity }) => entity.id).values()]
  const { failures } = await workThrough(byId, async (same) => {
    for (const { index, entity } of same) written.set(index, await insertOrReplace(context, entity, options))
  })
  for (const { item: same, error } of failures) {
    const unknown = NoSQLError.isInstance(error) && error.details["unknown"] !== undefined
    const failed = same.find(({ index }) => !written.has(index))
    if (failed !== undefined) stopped.push({ index: failed.index, error, unknown })
  }
}

function refuseIncomplete(
  { call }: RepositoryContext,
  { written, stopped }: SaveProgress,
  total: number,
): void {
  if (stopped.length === 0) return
  const inOrder = [...stopped].sort((a, b) => a.index - b.index)
  const progress = {
    done: [...written.keys()].sort((a, b) => a - b),
    failures: inOrder.filter(({ unknown }) => !unknown),
    unknown: inOrder.filter(({ unknown }) => unknown).map(({ index }) => index),
    error: inOrder[0]?.error,
  }
  throw progressError({ name: call.operation, context: call }, progress, total)
}
