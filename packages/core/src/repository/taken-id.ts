import { type Document, NoSQLError } from "@nosql/contracts"
import type { RepositoryContext } from "./repository-context.ts"
import { scopedId } from "./scope.ts"

/**
 * Runs a write that may find its id taken, and tells by whom: `there` decides where the holder is in the scope; one that was deleted softly is
 * a `conflict`; of another tenant's nothing is told but that the id is taken.
 */
export async function whereTaken<R>(
  context: RepositoryContext,
  id: string,
  write: () => Promise<R>,
  there: (holder: Document) => R | Promise<R>,
): Promise<R> {
  try {
    return await write()
  } catch (error) {
    if (!NoSQLError.isInstance(error) || error.code !== "already-exists" || error.path !== "_id") throw error
    const holder = await context.collection.findOne(scopedId(context, id), { consistency: "strong" })
    if (holder !== null) return await there(holder)
    if (await isDeleted(context, id)) throw deletedConflict(context)
    throw error
  }
}

async function isDeleted(context: RepositoryContext, id: string): Promise<boolean> {
  if (!context.behaviours.softDelete) return false
  const deleted = { ...context, scope: { ...context.scope, deleted: "only" } } as const
  return context.collection.exists(scopedId(deleted, id), { consistency: "strong" })
}

function deletedConflict({ call }: RepositoryContext): NoSQLError {
  const { operation, collection = "", backend = "" } = call
  const message = `${operation}: the entity of this id is deleted; restore it, or save it through withDeleted()`
  return new NoSQLError("conflict", message, { operation, collection, backend, details: { deleted: true } })
}
