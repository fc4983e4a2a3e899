import { type Document, NoSQLError } from "@nosql/contracts"
import { argumentError } from "../values/argument-error.ts"
import type { RepositoryContext } from "./repository-context.ts"
import { scopedId } from "./scope.ts"

/** The error of a write that came too late. `null` is no entity: none was expected, or none is there. */
export function versionConflict(
  { call }: RepositoryContext,
  expected: number | null,
  actual: number | null,
): NoSQLError {
  const { operation, collection = "", backend = "" } = call
  const problem =
    expected === null
      ? "there is an entity of this id already, and this one carries no version"
      : actual === null
        ? "the entity is not there any more"
        : "somebody else has changed the entity"
  return new NoSQLError("conflict", `${operation}: ${problem}; read it again, and decide anew`, {
    operation,
    collection,
    backend,
    details: { expected, actual },
  })
}

export function versionOf(document: Document | null): number | null {
  const version = document?.["version"]
  return typeof version === "number" ? version : null
}

/** What a caller who expects a version adds to a filter. */
export function versionFilter({ behaviours, call }: RepositoryContext, version: number | undefined): object {
  if (version === undefined) return {}
  if (!behaviours.optimisticLocking)
    throw argumentError(call, "version", "goes with the repository's option optimisticLocking")
  if (!Number.isSafeInteger(version)) throw argumentError(call, "version", "takes a whole number")
  return { version: { $eq: version } }
}

/** After a write that found nothing: `conflict` where another version is there. */
export async function refuseStale(
  context: RepositoryContext,
  id: string,
  version: number | undefined,
): Promise<void> {
  if (version === undefined) return
  const current = await context.collection.findOne(scopedId(context, id), { consistency: "strong" })
  if (current !== null && versionOf(current) !== version)
    throw versionConflict(context, version, versionOf(current))
}
