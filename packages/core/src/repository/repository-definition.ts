import type { CollectionDefinition, Document, StandardResult, StandardSchema } from "@nosql/contracts"
import { isHidden, managedDeclarations } from "./managed-fields.ts"
import type { Behaviours } from "./repository-options.ts"

/** A definition that also declares what the repository keeps. A collection that is named only stays undeclared. */
export function repositoryDefinition(
  collection: CollectionDefinition<unknown> | string,
  behaviours: Behaviours,
): CollectionDefinition<Document> | string {
  if (typeof collection === "string") return collection
  const { fields, schema, ...definition } = collection
  const managed = managedDeclarations(behaviours)
  const names = Object.keys(managed)
  const { tenantField } = behaviours
  const own = tenantField === undefined ? undefined : fields[tenantField]
  return Object.freeze({
    ...definition,
    // A tenant may be of another kind, such as "id"; the rest is the repository's alone.
    fields: Object.freeze({
      ...fields,
      ...managed,
      ...(own === undefined ? {} : { [String(tenantField)]: own }),
    }),
    ...(schema === undefined ? {} : { schema: names.length === 0 ? schema : besideManaged(schema, names) }),
  }) as CollectionDefinition<Document>
}

/** A schema that need not know what the repository keeps: it sees no `_deleted`, and what it drops of the rest is put back. */
function besideManaged(schema: StandardSchema, names: readonly string[]): StandardSchema {
  const restore = (result: StandardResult<unknown>, kept: object): StandardResult<unknown> =>
    result.issues === undefined ? { value: { ...(result.value as object), ...kept } } : result
  return {
    "~standard": {
      ...schema["~standard"],
      validate: (value) => {
        const entries = Object.entries(value as object)
        const kept = Object.fromEntries(entries.filter(([name]) => names.includes(name)))
        const shown = Object.fromEntries(entries.filter(([name]) => !isHidden(name)))
        const result = schema["~standard"].validate(shown)
        return result instanceof Promise
          ? result.then((settled) => restore(settled, kept))
          : restore(result, kept)
      },
    },
  }
}
