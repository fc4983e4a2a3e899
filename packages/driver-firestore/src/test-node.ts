import type { FilterNode } from "@nosql/core/driver"

/** A filter that tests one path. */
export type TestNode = Exclude<
  FilterNode,
  { readonly kind: "true" | "false" | "and" | "or" | "not" | "text" }
>
