export type {
  Collection,
  CollectionDefinition,
  Cursor,
  Document,
  DocumentStore,
  DynamicPath,
  Explanation,
  Filter,
  HealthStatus,
  Logger,
  NativeValue,
  OperationCounts,
  OperationReport,
  Page,
  ParsedFilter,
  Path,
  PathValue,
  QueryBuilder,
  Sort,
  TypedFilter,
  Update,
  Value,
  WithId,
} from "@nosql/contracts"
export { NoSQLError } from "@nosql/contracts"
export { decodeAst, encodeAst } from "./ast/codec.ts"
export type { Driver } from "./driver/driver.ts"
export { eq } from "./parse/eq.ts"
export { type AllowedFilter, parseAllowedFilter as parseFilter } from "./parse/parse-allowed-filter.ts"
export { path } from "./parse/path.ts"
export { spec } from "./specification/spec.ts"
export { Specification } from "./specification/specification.ts"
export type { Spec, Specifications } from "./specification/specifications.ts"
export { connect } from "./store/connect.ts"
export { type ConnectOptions, defaultConnectOptions } from "./store/connect-options.ts"
export { defineCollection } from "./store/define-collection.ts"
