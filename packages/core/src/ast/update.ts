import type { Value } from "@nosql/contracts"
import type { FieldPath } from "./filter.ts"

/** One change to one path. No two nodes of an update touch a path and itself, its parent or its child. */
export type UpdateNode =
  | { readonly kind: "set"; readonly path: FieldPath; readonly value: Value }
  | { readonly kind: "unset"; readonly path: FieldPath }
  | { readonly kind: "inc"; readonly path: FieldPath; readonly by: number | bigint }
  | { readonly kind: "push"; readonly path: FieldPath; readonly value: Value }
