import {
  type CollectionInfo,
  declarationAt,
  declarationsOf,
  type FieldPath,
  perObject,
} from "@nosql/core/driver"

/** What the codec must know of a collection. */
export type CodecInfo = Pick<CollectionInfo, "fields" | "ids">

/** Whether a path is declared to be a reference to an `_id`, and so is stored as ids are. */
export function isReference(path: string, collection: CodecInfo): boolean {
  return declarationAt(collection, path)?.kind === "id"
}

/** What a declaration says of the value at a path, and of those below it, as far as its form in the store depends on it. */
export interface DeclaredValue {
  readonly kind?: "id" | "bigint"
  /** Undefined where nothing below is declared. */
  readonly below?: ReadonlyMap<string, DeclaredValue>
}

/** The declared references and int64s as a tree, so that a document is walked without making the text of every path. Undefined where there are none. */
export const declaredValues = perObject((collection: CodecInfo): DeclaredValue | undefined => {
  let root: MutableValue | undefined
  for (const { segments, kind } of declarationsOf(collection)) {
    if (kind !== "id" && kind !== "bigint") continue
    root ??= {}
    valueAt(root, segments).kind = kind
  }
  return root
})

interface MutableValue {
  kind?: "id" | "bigint"
  below?: Map<string, MutableValue>
}

function valueAt(root: MutableValue, segments: FieldPath): MutableValue {
  let value = root
  for (const segment of segments) {
    value.below ??= new Map()
    const next = value.below.get(segment) ?? {}
    value.below.set(segment, next)
    value = next
  }
  return value
}

/** What is declared at a path below. */
export function declaredAt(value: DeclaredValue | undefined, path: string): DeclaredValue | undefined {
  return value === undefined
    ? undefined
    : path.split(".").reduce<DeclaredValue | undefined>((at, segment) => at?.below?.get(segment), value)
}
