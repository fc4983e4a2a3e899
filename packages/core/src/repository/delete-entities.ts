import type { CallOptions, DeleteEntityOptions, DeleteOptions } from "@nosql/contracts"
import { matchesError } from "../operations/write-progress.ts"
import { argumentError } from "../values/argument-error.ts"
import type { RepositoryContext } from "./repository-context.ts"
import { scoped } from "./scope.ts"
import { touch } from "./touch.ts"
import { refuseStale, versionFilter } from "./version-conflict.ts"
import { workThrough } from "./work-through.ts"

/** Marks or removes one entity, between its hooks; false where there is none. */
export async function deleteEntity(
  context: RepositoryContext,
  id: string,
  { hard = false, version, ...options }: DeleteEntityOptions = {},
): Promise<boolean> {
  checkHard(context, hard)
  const filter = { _id: { $eq: id }, ...versionFilter(context, version) }
  await context.hooks.beforeDelete?.(id)
  const deleted = await remove(context, "One", filter, hard, options)
  if (deleted === 0) await refuseStale(context, id, version)
  else await context.hooks.afterDelete?.(id)
  return deleted > 0
}

/** Marks or removes these: together, or one by one where each has its hooks. */
export async function deleteEntities(
  context: RepositoryContext,
  ids: readonly string[],
  options: DeleteOptions = {},
): Promise<number> {
  if (!Array.isArray(ids)) throw argumentError(context.call, "", "takes an array of ids")
  const { hooks, call } = context
  const { hard = false, ...rest } = options
  checkHard(context, hard)
  if (hooks.beforeDelete === undefined && hooks.afterDelete === undefined)
    return remove(context, "Many", { _id: { $in: ids } }, hard, rest)
  const done: string[] = []
  const { failures, notTried } = await workThrough([...new Set(ids)], async (id) => {
    if (await deleteEntity(context, id, options)) done.push(id)
  })
  if (failures.length === 0) return done.length
  const failed = failures.map(({ item, error }) => ({ index: item, error }))
  throw matchesError({ name: call.operation, context: call }, { done, failures: failed }, notTried)
}

/** Brings a softly deleted entity back. */
export async function restoreEntity(
  context: RepositoryContext,
  id: string,
  options?: CallOptions,
): Promise<boolean> {
  const { behaviours, call, collection } = context
  if (!behaviours.softDelete) throw argumentError(call, "", "goes with the repository's option softDelete")
  const filter = scoped({ ...context, scope: { ...context.scope, deleted: "only" } }, { _id: { $eq: id } })
  const update = touch(
    context,
    { $set: { _deleted: false }, $unset: { _deletedAt: true } },
    behaviours.clock(),
  )
  return (await collection.updateOne(filter, update, options)).matched > 0
}

/** What is meant as no must not remove. */
function checkHard({ call }: RepositoryContext, hard: unknown): void {
  if (typeof hard !== "boolean") throw argumentError(call, "hard", "is true or false")
}

async function remove(
  context: RepositoryContext,
  many: "One" | "Many",
  filter: object,
  hard: boolean,
  options: CallOptions,
): Promise<number> {
  const { behaviours, collection } = context
  if (hard || !behaviours.softDelete)
    return (await collection[`delete${many}`](scoped(context, filter), options)).deleted
  const now = behaviours.clock()
  const living = scoped(context, { ...filter, _deleted: { $eq: false } })
  const update = touch(context, { $set: { _deleted: true, _deletedAt: now } }, now)
  return (await collection[`update${many}`](living, update, options)).matched
}
