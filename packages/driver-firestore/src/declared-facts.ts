import {
  type CollectionInfo,
  declarationAt,
  declarationsOf,
  type FieldPath,
  formatPath,
  isIdPath,
  type ValueKind,
} from "@nosql/core/driver"

/** What a declaration promises of the value at a path. */
interface DeclaredFacts {
  /** Undefined where nothing is declared. */
  readonly kind?: ValueKind
  /** It is always there. */
  readonly required: boolean
  /** It may be null. */
  readonly nullable: boolean
}

const unknown: DeclaredFacts = { required: false, nullable: true }
const id: DeclaredFacts = { kind: "string", required: true, nullable: false }

export function declaredFacts(collection: CollectionInfo, path: FieldPath): DeclaredFacts {
  if (isIdPath(path)) return id
  const found = declarationAt(collection, formatPath(path))
  if (found === undefined) return unknown
  const { kind, nullable, optional } = found
  const held = kind === "id" ? "string" : kind === "bigint" ? "number" : kind
  return { kind: held, required: !optional, nullable }
}

/** Whether a path is declared, or one below it: then nothing above it is an array. */
export function isDeclared(collection: CollectionInfo, path: FieldPath): boolean {
  return declarationsOf(collection).some(({ segments }) =>
    path.every((segment, i) => segments[i] === segment),
  )
}
