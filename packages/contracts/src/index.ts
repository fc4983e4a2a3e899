export type { Access, Consistency, Explanation, ScanPolicy } from "./access.ts"
export { assertNever } from "./assert-never.ts"
export type { BulkOperation } from "./bulk-operation.ts"
export type { CallOptions, ReadOptions, ReadPreference } from "./call-options.ts"
export type {
  BulkWriteOptions,
  Collection,
  DistinctValue,
  EnsureIndexesOptions,
  ExplainOptions,
  FindOneAndOptions,
  FindOneAndWriteOptions,
  FindOneOptions,
  FindOptions,
  InsertManyOptions,
  PageOptions,
  ProjectionOption,
  UpdateOptions,
} from "./collection.ts"
export type { Cursor, Page } from "./cursor.ts"
export type {
  CollectionDefinition,
  CollectionOptions,
  FieldDeclaration,
  FieldKind,
  IdKind,
  IndexDefinition,
  IndexDescription,
  Provision,
  SchemaCollectionOptions,
  TtlDefinition,
} from "./definition.ts"
export type { ErrorCode } from "./error-code.ts"
export type {
  ArrayOperators,
  Condition,
  ElementCondition,
  ElementOf,
  Filter,
  FilterOperators,
  filtered,
  IdOperators,
  MixedOperators,
  NumberOperators,
  ParsedFilter,
  RangeOperand,
  RangeOperators,
  StringOperators,
  TextOptions,
  TextSearch,
  TypedFilter,
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
export type { Excluded, Projected, Projection, Selected } from "./projection.ts"
export type { DocumentQuery, QueryBuilder } from "./query-builder.ts"
export type {
  Changes,
  DeleteEntityOptions,
  DeleteOptions,
  Equalities,
  ListOptions,
  ManagedField,
  NewEntity,
  Repository,
  Saved,
  UpdateEntityOptions,
} from "./repository.ts"
export type {
  BulkWriteResult,
  DeleteResult,
  IndexReport,
  InsertManyResult,
  UpdateResult,
  WriteProgress,
} from "./results.ts"
export type { Direction, Sort, SortPath } from "./sort.ts"
export type { Specification } from "./specification.ts"
export type { StandardIssue, StandardResult, StandardSchema } from "./standard-schema.ts"
export type { DocumentStore, HealthStatus, Support } from "./store.ts"
export type { PushModifiers, Update } from "./update.ts"
export type { Document, NativeValue, NewDocument, Orderable, Value, WithId } from "./value.ts"
