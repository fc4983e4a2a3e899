import type { Document } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import { declarationsOf } from "../declaration/field-declaration.ts"
import type { CollectionInfo } from "../driver/collection-info.ts"
import { changePath } from "../evaluate/change-path.ts"
import { perObject } from "../values/per-object.ts"

/** Brings paths that are declared `bigint` to bigints: a store gives small ones as numbers. Undefined where nothing is declared so. */
export const declaredReader = perObject(
  (collection: CollectionInfo): ((document: Document) => Document) | undefined => {
    const paths = declarationsOf(collection)
      .filter(({ kind }) => kind === "bigint")
      .map(({ segments }) => segments)
    if (paths.length === 0) return undefined
    return (document) => paths.reduce(withBigint, document)
  },
)

function withBigint(document: Document, path: FieldPath): Document {
  return changePath(document, path, (value) => {
    return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : value
  })
}
