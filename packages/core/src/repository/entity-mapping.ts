import type { Document } from "@nosql/contracts"
import { argumentError } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import type { RepositoryContext } from "./repository-context.ts"

/** The entity of a document that was read. When it was deleted is told, that it was not is not. */
export function toEntity({ behaviours, mapping }: RepositoryContext, document: Document): unknown {
  const { _deleted, ...shown } = document
  const visible = behaviours.softDelete ? shown : document
  return mapping.toEntity === undefined ? visible : mapping.toEntity(visible as never)
}

/** The document that an entity is written as, which is a plain object. */
export async function toDocument(
  context: RepositoryContext,
  entity: unknown,
): Promise<Record<string, unknown>> {
  const { mapping, call } = context
  if (mapping.toEntity !== undefined && mapping.toDocument === undefined)
    throw argumentError(call, "", "there is a toEntity, and no toDocument that says how an entity is written")
  const document = mapping.toDocument === undefined ? entity : await mapping.toDocument(entity as never)
  if (isPlainObject(document)) return document
  const remedy =
    mapping.toDocument === undefined
      ? "an entity is a plain object; for others, write toDocument"
      : "toDocument gives a plain object"
  throw argumentError(call, "", remedy)
}
