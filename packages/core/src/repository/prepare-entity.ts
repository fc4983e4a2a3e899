import { type Document, NoSQLError } from "@nosql/contracts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { toDocument } from "./entity-mapping.ts"
import { managedDeclarations } from "./managed-fields.ts"
import type { RepositoryContext } from "./repository-context.ts"

/** An entity on its way to the store: its own fields, and what it says of those that the repository keeps. */
export interface PreparedEntity {
  readonly id: string | undefined
  /** The version that was read; undefined for a new entity. */
  readonly version: number | undefined
  readonly createdAt: Date | undefined
  /** Without `_id` and without anything that the repository keeps. */
  readonly fields: Document
}

/** Before the first request: the hook, the mapping, and whatever can be wrong with an entity. */
export async function prepareEntity(context: RepositoryContext, entity: unknown): Promise<PreparedEntity> {
  const { behaviours, call, hooks } = context
  const hooked = hooks.beforeSave === undefined ? entity : await hooks.beforeSave(entity as never)
  if (hooked === undefined)
    throw argumentError(
      call,
      "",
      entity === undefined
        ? "takes an entity, and this is undefined"
        : "beforeSave returns the entity that is to be saved",
    )
  const { _id, ...document } = await toDocument(context, hooked)
  if (_id !== undefined && typeof _id !== "string") throw argumentError(call, "_id", "an _id is a string")
  refuseOtherTenant(context, document)
  const managed = managedDeclarations(behaviours)
  const fields = Object.entries(document).filter(([name]) => !Object.hasOwn(managed, name))
  return {
    id: _id,
    version: behaviours.optimisticLocking ? readVersion(document["version"], call) : undefined,
    createdAt:
      behaviours.timestamps && document["createdAt"] instanceof Date ? document["createdAt"] : undefined,
    fields: Object.fromEntries(fields) as Document,
  }
}

/** An entity that names no tenant becomes this one's. */
function refuseOtherTenant(
  { behaviours, scope, call }: RepositoryContext,
  document: Record<string, unknown>,
): void {
  const { tenantField } = behaviours
  if (tenantField === undefined) return
  const owner = document[tenantField]
  if (owner === undefined || owner === scope.tenant) return
  const { operation, collection = "", backend = "" } = call
  throw new NoSQLError(
    "permission-denied",
    `${operation} at "${tenantField}": the entity belongs to another tenant; it is saved through that tenant's repository`,
    { operation, collection, backend, path: tenantField },
  )
}

function readVersion(version: unknown, call: CallContext): number | undefined {
  if (version === undefined || version === null) return undefined
  if (Number.isSafeInteger(version) && (version as number) >= 0) return version as number
  throw argumentError(
    call,
    "version",
    "is kept by the repository: save the number that was read, or none for a new entity",
  )
}
