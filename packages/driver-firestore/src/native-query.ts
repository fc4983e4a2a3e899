import type { Value } from "@nosql/contracts"
import type { FieldPath, SortKey } from "@nosql/core/driver"

/** https://firebase.google.com/docs/firestore/query-data/queries#query_operators */
export type WhereOperator =
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "in"
  | "not-in"
  | "array-contains"
  | "array-contains-any"

/** One condition. The path `_id` is the document's name. */
export interface Where {
  readonly kind: "where"
  readonly path: FieldPath
  readonly operator: WhereOperator
  /** For `in`, `not-in` and `array-contains-any` the list. */
  readonly value: Value
}

/** A filter as Firestore has it, in plain data. Groups are never empty: an empty `Filter.or()` would match everything. */
export type NativeFilter =
  | Where
  | { readonly kind: "and"; readonly filters: readonly NativeFilter[] }
  | { readonly kind: "or"; readonly filters: readonly NativeFilter[] }

/** One query, as it is sent. */
export interface NativeQuery {
  /** All of them hold. */
  readonly where: readonly NativeFilter[]
  readonly orderBy: readonly SortKey[]
  /** The values at the order's keys, one each, behind which the answer begins. */
  readonly startAfter?: readonly Value[]
  readonly offset?: number
  readonly limit?: number
  /** The fields that come; none of them: the id alone. */
  readonly select?: readonly FieldPath[]
}

/** How the documents of a read are had. */
export type FirestoreRead =
  | { readonly kind: "none" } // nothing can match: no request
  | { readonly kind: "get"; readonly ids: readonly string[] } // by name, as many in one request as there are
  | QueryRead
  | QueriesRead

/** One query. */
interface QueryRead {
  readonly kind: "query"
  readonly query: NativeQuery
  /** How many documents are read first where what comes behind may need fewer than all: each later page is twice as large. */
  readonly pageSize?: number
}

/** Several queries, because one may not ask for so much; their answers are made one, each document once. */
export interface QueriesRead {
  readonly kind: "queries"
  readonly queries: readonly NativeQuery[]
  /** Set where all of them have this order, and so has what comes of them. */
  readonly order?: readonly SortKey[]
  readonly skip: number
  readonly limit?: number
}

/** Sums and differences of counts, all of one moment. */
export interface FirestoreCount {
  readonly plus: readonly NativeQuery[]
  readonly minus: readonly NativeQuery[]
}

export function where(path: FieldPath, operator: WhereOperator, value: Value): Where {
  return { kind: "where", path, operator, value }
}
