import type { UpdateEntityOptions } from "@nosql/contracts"
import { touchedPaths } from "../ast/update.ts"
import { parseUpdate } from "../parse/parse-update.ts"
import { argumentError } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { toEntity } from "./entity-mapping.ts"
import { managedDeclarations } from "./managed-fields.ts"
import type { RepositoryContext } from "./repository-context.ts"
import { scopedId } from "./scope.ts"
import { type Operators, touch } from "./touch.ts"
import { refuseStale, versionFilter } from "./version-conflict.ts"

/** Changes some fields of one entity, in one request where the store has it. It is no save, so it runs no hook. */
export async function updateEntity(
  context: RepositoryContext,
  id: string,
  changes: unknown,
  { version, ...options }: UpdateEntityOptions = {},
): Promise<unknown> {
  const update = touch(context, readChanges(context, changes), context.behaviours.clock())
  const filter = scopedId(context, id, versionFilter(context, version))
  const updated = await context.collection.findOneAndUpdate(filter, update, {
    ...options,
    returnDocument: "after",
  })
  if (updated !== null) return toEntity(context, updated)
  await refuseStale(context, id, version)
  return null
}

/** Fields, or operators; nothing of what the repository keeps. */
function readChanges({ behaviours, call }: RepositoryContext, changes: unknown): Operators {
  if (!isPlainObject(changes)) throw argumentError(call, "", "takes fields, or operators such as $inc")
  const update = Object.keys(changes).some((key) => key.startsWith("$")) ? changes : { $set: changes }
  const managed = managedDeclarations(behaviours)
  for (const path of parseUpdate(update, call).flatMap(touchedPaths)) {
    if (Object.hasOwn(managed, path[0] ?? ""))
      throw argumentError(call, path.join("."), "is kept by the repository")
  }
  return update as Operators
}
