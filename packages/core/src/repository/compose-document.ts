import type { Document } from "@nosql/contracts"
import type { PreparedEntity } from "./prepare-entity.ts"
import type { RepositoryContext } from "./repository-context.ts"

/** What a stored document keeps when another entity takes its place. */
export interface Kept {
  readonly createdAt?: Date
  readonly _deleted?: boolean
  readonly _deletedAt?: Date
}

/** The document of an entity, with everything that the repository keeps; `kept` is nothing for a new one. */
export function composeDocument(
  { behaviours, scope }: RepositoryContext,
  { fields, version = 0 }: PreparedEntity,
  kept: Kept = {},
): Document {
  const { tenantField, softDelete, timestamps, optimisticLocking } = behaviours
  const now = behaviours.clock()
  const { createdAt = now, _deleted = false, _deletedAt } = kept
  return {
    ...fields,
    ...(tenantField === undefined ? {} : { [tenantField]: scope.tenant ?? null }),
    ...(softDelete ? { _deleted, ...(_deletedAt === undefined ? {} : { _deletedAt }) } : {}),
    ...(timestamps ? { createdAt, updatedAt: now } : {}),
    ...(optimisticLocking ? { version: version + 1 } : {}),
  }
}

/** What of a document that was read is kept. */
export function keptOf({ behaviours }: RepositoryContext, document: Document): Kept {
  const { createdAt, _deleted, _deletedAt } = document
  return {
    ...(behaviours.timestamps && createdAt instanceof Date ? { createdAt } : {}),
    ...(behaviours.softDelete && _deleted === true ? { _deleted } : {}),
    ...(behaviours.softDelete && _deletedAt instanceof Date ? { _deletedAt } : {}),
  }
}

/** What has to be so still when the document is replaced: of fields that never change while it lives. */
export function keptFilter({ behaviours, scope }: RepositoryContext, kept: Kept): Record<string, unknown> {
  return {
    ...(behaviours.timestamps ? { createdAt: { $eq: kept.createdAt ?? null } } : {}),
    ...(behaviours.softDelete && scope.deleted === "included"
      ? { _deleted: { $eq: kept._deleted ?? false } }
      : {}),
  }
}
