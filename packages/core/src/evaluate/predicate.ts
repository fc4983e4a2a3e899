import type { Value } from "@nosql/contracts"

/** Asks a document, or the element of an array. */
export type Predicate = (document: Value) => boolean

/** Asks one value, undefined where it is missing. */
export type ValueTest = (value: Value | undefined) => boolean
