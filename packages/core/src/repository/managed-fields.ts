import type { FieldDeclaration } from "@nosql/contracts"
import type { Behaviours } from "./repository-options.ts"

/** The fields that a repository keeps: which behaviour asks for each, how it is declared, and whether entities are without it. */
const managedFields = {
  _deleted: { by: "softDelete", declaration: "boolean", hidden: true },
  _deletedAt: { by: "softDelete", declaration: "date?", hidden: true },
  createdAt: { by: "timestamps", declaration: "date", hidden: false },
  updatedAt: { by: "timestamps", declaration: "date", hidden: false },
  version: { by: "optimisticLocking", declaration: "number", hidden: false },
} as const satisfies Record<string, { by: keyof Behaviours; declaration: FieldDeclaration; hidden: boolean }>

/** The declarations of what is kept under these behaviours. A required `_deleted` that is always written can be asked for by equality everywhere. */
export function managedDeclarations(behaviours: Behaviours): Readonly<Record<string, FieldDeclaration>> {
  const kept = Object.entries(managedFields).filter(([, { by }]) => behaviours[by])
  const { tenantField } = behaviours
  return {
    ...Object.fromEntries(kept.map(([name, { declaration }]) => [name, declaration])),
    ...(tenantField === undefined ? {} : { [tenantField]: "string" }),
  }
}

/** What a schema of the application's own never describes. */
export function isHidden(name: string): boolean {
  return Object.hasOwn(managedFields, name) && managedFields[name as keyof typeof managedFields].hidden
}
