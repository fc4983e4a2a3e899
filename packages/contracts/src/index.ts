export type { Access, Explanation, ScanPolicy } from "./access.ts"
export { assertNever } from "./assert-never.ts"
export type {
  CallOptions,
  Collection,
  FindOptions,
  PageOptions,
  SelectOptions,
} from "./collection.ts"
export type { Cursor, Page } from "./cursor.ts"
export type {
  CollectionDefinition,
  CollectionOptions,
  FieldDeclaration,
  FieldKind,
  IdKind,
  IndexDefinition,
} from "./definition.ts"
export type { ErrorCode } from "./error-code.ts"
export type {
  ArrayOperators,
  Condition,
  ElementCondition,
  ElementOf,
  Filter,
  FilterOperators,
  IdOperators,
  MixedOperators,
  NumberOperators,
  ParsedFilter,
  RangeOperand,
  RangeOperators,
  StringOperators,
  TextOptions,
  TextSearch,
  TypeName,
  ValueOperators,
} from "./filter.ts"
export type { Logger } from "./logger.ts"
export { NoSQLError, type NoSQLErrorOptions } from "./nosql-error.ts"
export type { OperationCounts, OperationReport } from "./operation-report.ts"
export type {
  ArrayPath,
  DatePath,
  DynamicPath,
  FieldPath,
  NumericPath,
  OptionalPath,
  OrderablePath,
  Path,
  PathValue,
  PlainPath,
  StringPath,
} from "./path.ts"
export type { QueryBuilder } from "./query-builder.ts"
export type { DeleteResult, InsertManyResult, Selected, UpdateResult } from "./results.ts"
export type { Direction, Sort, SortPath } from "./sort.ts"
export type { StandardIssue, StandardResult, StandardSchema } from "./standard-schema.ts"
export type { DocumentStore, HealthStatus } from "./store.ts"
export type { PushModifiers, Update } from "./update.ts"
export type { Document, NativeValue, NewDocument, Orderable, Value, WithId } from "./value.ts"
