import { NoSQLError, type Value } from "@nosql/contracts"
import type { FieldPath } from "../ast/filter.ts"
import { formatPath } from "../ast/path.ts"
import type { Query } from "../ast/query.ts"
import { declarationAt } from "../declaration/field-declaration.ts"
import { checkSupport } from "../driver/check-support.ts"
import { canonicalJson } from "../values/canonical-json.ts"
import { compareSameKind, compareStrings, kindOf, type ValueKind } from "../values/compare-values.ts"
import { getPath } from "../values/get-path.ts"
import { hashValue } from "../values/hash-value.ts"
import { visible } from "./expiry.ts"
import { openCollection } from "./open-collection.ts"
import type { Operation } from "./operation.ts"
import { readDocuments } from "./read-documents.ts"
import { usePlan } from "./use-plan.ts"

/** The different values at a path, array elements singly, in the language's order. */
export async function distinctValues(operation: Operation, query: Query, path: FieldPath): Promise<Value[]> {
  checkSupport(["distinct"], operation.collection.capabilities, operation.context)
  if (query.filter.kind === "false") return []
  const found = new Map<string, Value>()
  for await (const value of valuesAt(operation, query, path)) {
    found.set(hashValue(value), value)
    refuseTooMany(found.size, operation)
  }
  const values = [...found.values()].sort(compareDistinct)
  return declarationAt(operation.collection.info, formatPath(path))?.kind === "bigint"
    ? values.map((value) => (typeof value === "number" ? BigInt(value) : value))
    : values
}

async function* valuesAt(operation: Operation, query: Query, path: FieldPath): AsyncGenerator<Value> {
  const { store, collection, call } = operation
  const opening = openCollection(operation)
  if (opening !== undefined) await opening
  const plan = store.planDistinct?.(
    collection.info,
    { ...query, filter: visible(query.filter, collection.info) },
    path,
  )
  if (plan !== undefined && store.runDistinct !== undefined) {
    usePlan(operation, plan, query)
    for (const value of await store.runDistinct(collection.info, plan, call)) yield* singly(value)
    return
  }
  const projection = {
    kind: "include",
    paths: path[0] === "_id" ? [] : [path],
    id: path[0] === "_id",
  } as const
  for await (const batch of readDocuments(operation, { ...query, projection })) {
    for (const document of batch) yield* singly(getPath(document, path))
  }
}

function singly(value: Value | undefined): readonly Value[] {
  if (value === undefined) return []
  return Array.isArray(value) ? (value as Value[]) : [value]
}

function refuseTooMany(count: number, { collection, context, name }: Operation): void {
  const most = collection.settings.maxBufferedDocuments
  if (count <= most) return
  throw new NoSQLError(
    "resource-exhausted",
    `${name}: there are more than maxBufferedDocuments (${most}) different values; narrow the filter`,
    { operation: name, collection: collection.info.name, backend: context.backend ?? "" },
  )
}

/** Null, numbers, strings, booleans, dates, then binary, arrays, objects and native values by their JSON. */
const distinctOrder = {
  null: 0,
  number: 1,
  string: 2,
  boolean: 3,
  date: 4,
  binary: 5,
  array: 6,
  object: 7,
  native: 8,
} as const satisfies Record<ValueKind, number>

function compareDistinct(a: Value, b: Value): number {
  const kind = kindOf(a)
  const order = distinctOrder[kind] - distinctOrder[kindOf(b)]
  if (order !== 0) return order
  return compareSameKind(a, b) ?? compareStrings(canonicalJson(a), canonicalJson(b))
}
