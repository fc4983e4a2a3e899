import type { FieldDeclaration, FieldKind } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import type { CollectionInfo } from "../driver/collection-info.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { perObject } from "../values/per-object.ts"

/** A line of `fields`, taken apart. */
export interface Declaration {
  readonly path: string
  readonly segments: FieldPath
  readonly kind: FieldKind
  readonly nullable: boolean
  readonly optional: boolean
}

const kinds: ReadonlySet<string> = new Set<FieldKind>([
  "string",
  "number",
  "bigint",
  "boolean",
  "date",
  "binary",
  "array",
  "object",
  "id",
])

export function parseDeclaration(
  path: string,
  declaration: FieldDeclaration,
  context: CallContext = { operation: "defineCollection" },
): Declaration {
  const match = typeof declaration === "string" ? /^([a-z]+)(\|null)?(\?)?$/.exec(declaration) : null
  if (match === null || !kinds.has(match[1] ?? "")) {
    throw argumentError(
      context,
      `fields.${path}`,
      `a kind is one of ${[...kinds].join(" ")}, then |null and ? where they apply`,
    )
  }
  return {
    path,
    segments: path.split("."),
    kind: match[1] as FieldKind,
    nullable: match[2] !== undefined,
    optional: match[3] !== undefined,
  }
}

/** What has `fields`. */
export type Declared = Pick<CollectionInfo, "fields">

/** The `fields` of a collection, read: one entry a declared path. */
export function declarationsOf({ fields }: Declared): readonly Declaration[] {
  return read(fields).all
}

/** What is declared of the value at a path; undefined where nothing is. */
export function declarationAt({ fields }: Declared, path: string): Declaration | undefined {
  return read(fields).byPath.get(path)
}

interface Declarations {
  readonly all: readonly Declaration[]
  readonly byPath: ReadonlyMap<string, Declaration>
}

/** Planners ask at each call. Remembered by the `fields`, which all resolved forms of a collection share. */
const read = perObject((fields: CollectionInfo["fields"]): Declarations => {
  const all = Object.entries(fields).map(([path, text]) => parseDeclaration(path, text))
  return { all, byPath: new Map(all.map((declaration) => [declaration.path, declaration])) }
})
