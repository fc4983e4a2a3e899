/** What a driver is built from: the AST, the interface, and the functions that drivers share. */

export { encodeAst } from "./ast/codec.ts"
export type {
  CompareNode,
  CompareOperator,
  ContainsNode,
  ElementFilter,
  ElemMatchNode,
  ExistsNode,
  FieldPath,
  FilterNode,
  InNode,
  ModNode,
  NotNode,
  RegexNode,
  SizeNode,
  StartsWithNode,
  TextNode,
  TypeNode,
} from "./ast/filter.ts"
export {
  and,
  compare,
  contains,
  elemMatch,
  exists,
  hasSize,
  hasType,
  isIn,
  matchAll,
  matchNone,
  mod,
  not,
  or,
  regex,
  startsWith,
  text,
} from "./ast/filter.ts"
export { fold } from "./ast/fold.ts"
export { formatPath, isIdPath, overlaps, samePath } from "./ast/path.ts"
export { type Projection, type Query, queryOf, type SortKey } from "./ast/query.ts"
export type {
  AddToSetNode,
  CurrentDateNode,
  IncNode,
  MaxNode,
  MinNode,
  MulNode,
  PopNode,
  PullNode,
  PushNode,
  RenameNode,
  SetNode,
  SetOnInsertNode,
  UnsetNode,
  UpdateNode,
} from "./ast/update.ts"
export { touchedPaths } from "./ast/update.ts"
export { collectionInfo } from "./declaration/collection-info.ts"
export { checkCollectionName, isCollectionName, maxCollectionName } from "./declaration/collection-name.ts"
export { type Declaration, declarationAt, declarationsOf } from "./declaration/field-declaration.ts"
export { type Capabilities, type Feature, features } from "./driver/capabilities.ts"
export {
  checkOptionTable,
  type OptionRule,
  type OptionTable,
  quotableName,
} from "./driver/check-option-table.ts"
export { chooseIndex, type IndexPowers, type IndexUse } from "./driver/choose-index.ts"
export type { CollectionInfo, IndexInfo, TtlInfo } from "./driver/collection-info.ts"
export { conjuncts, equalityOn, rangesOn } from "./driver/conditions-on.ts"
export { configError, type OptionProblem } from "./driver/config-error.ts"
export type {
  Batch,
  BulkOutcome,
  BulkStep,
  Driver,
  DriverCall,
  DriverHost,
  DriverStore,
  InsertCall,
  InsertIntake,
  InsertOutcome,
  OpenCall,
  ReadCall,
  ReadDocument,
  Replacement,
  ReplacementOutcome,
} from "./driver/driver.ts"
export type { DriverModule, ImpliedOption } from "./driver/driver-module.ts"
export { type IndexDifference, indexDifference } from "./driver/index-difference.ts"
export type { Mutable } from "./driver/mutable.ts"
export { longestName, NameTable } from "./driver/name-table.ts"
export { didYouMean, nearestName } from "./driver/nearest-name.ts"
export { writesDocuments, writesInStatements } from "./driver/operations.ts"
export { isSdkOptions, isText, isTrueOrFalse, isWholeNumber } from "./driver/option-rules.ts"
export { type OptionDeclaration, type OptionsSchema, optionsSchema } from "./driver/options-schema.ts"
export type {
  CountPlan,
  DeleteRequest,
  DistinctPlan,
  FindPlan,
  Reach,
  Remaining,
  ReplaceRequest,
  UpdateRequest,
  Upsert,
  WriteOutcome,
  WritePlan,
  WriteRequest,
} from "./driver/plan.ts"
export { planAccess } from "./driver/plan-access.ts"
export { printIndexKeys } from "./driver/print-index-keys.ts"
export { refuseOtherIndex } from "./driver/refuse-other-index.ts"
export { someAtATime } from "./driver/some-at-a-time.ts"
export { untilAborted } from "./driver/until-aborted.ts"
export { waitWithin } from "./driver/wait-within.ts"
export { applyUpdate } from "./evaluate/apply-update.ts"
export { compileFilter } from "./evaluate/compile-filter.ts"
export type { Predicate } from "./evaluate/predicate.ts"
export { projectDocument } from "./evaluate/project-document.ts"
export { behindPosition, compareDocuments } from "./evaluate/sort-documents.ts"
export { writtenDocument } from "./evaluate/written-document.ts"
export { parseRegex } from "./regex/parse-regex.ts"
export { printPcre } from "./regex/print-pcre.ts"
export { provisions, readPreferences, scanPolicies, wordProblem } from "./store/option-words.ts"
export { argumentError, type CallContext } from "./values/argument-error.ts"
export {
  compareForSort,
  compareSameKind,
  equalValues,
  kindOf,
  type ValueKind,
} from "./values/compare-values.ts"
export { copyDocument } from "./values/copy-value.ts"
export { getPath, isArrayIndex } from "./values/get-path.ts"
export { hashValue } from "./values/hash-value.ts"
export { isInt64 } from "./values/is-int64.ts"
export { isNativeValue, nativeValue } from "./values/native-value.ts"
export { perObject } from "./values/per-object.ts"
export { defineField, isPlainObject } from "./values/plain-object.ts"
export { portableNumber } from "./values/portable-number.ts"
export { type PrefixBounds, prefixBounds } from "./values/prefix-bounds.ts"
