import { type Document, NoSQLError } from "@nosql/contracts"
import { and, compare, type FilterNode } from "../ast/filter.ts"
import { idPath } from "../ast/path.ts"
import type { SortKey } from "../ast/query.ts"
import { checkUniqueUpdate } from "../declaration/check-unique.ts"
import { checkUpdate } from "../declaration/check-update.ts"
import { checkSupport } from "../driver/check-support.ts"
import { equalityOn } from "../driver/conditions-on.ts"
import { featuresOfWrite } from "../driver/features-of.ts"
import type { DeleteRequest, ReplaceRequest, UpdateRequest, WriteRequest } from "../driver/plan.ts"
import { seedFromFilter } from "../evaluate/seed-from-filter.ts"
import { upsertedDocument } from "../evaluate/upserted-document.ts"
import { parseUpdate } from "../parse/parse-update.ts"
import { normalizeId } from "../store/document-id.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { checkConforming, conformingFields } from "./conforming-fields.ts"
import type { Operation } from "./operation.ts"
import { prepareFields, withId } from "./prepare-document.ts"
import type { UpsertSource } from "./upsert-source.ts"

/** A write, checked as far as it can be before anything is read. */
export interface PreparedWrite<Request> {
  readonly request: Request
  readonly upsert?: UpsertSource
}

interface WriteOptions {
  readonly many?: boolean
  readonly upsert?: boolean | undefined
  readonly sort?: readonly SortKey[]
  readonly returning?: "before" | "after"
}

export function updateRequest(
  operation: Operation,
  filter: FilterNode,
  update: unknown,
  options: WriteOptions,
): PreparedWrite<UpdateRequest> {
  const { collection, context } = operation
  const nodes = parseUpdate(update, context)
  checkUpdate(nodes, collection.info, context)
  checkUniqueUpdate(nodes, collection.info.indexes, context)
  const request: UpdateRequest = {
    kind: "update",
    filter,
    many: options.many ?? false,
    update: nodes,
    ...chosen(options),
  }
  checkWrite(operation, request, options)
  if (options.upsert !== true) return { request }
  // A filter that no document can be made of is a wrong call; an update that does not fit the seed is wrong only where nothing matches.
  const seed = seedFromFilter(filter, context)
  return { request, upsert: upsertSource(operation, seed, () => upsertedDocument(seed, nodes, context)) }
}

export async function replaceRequest(
  operation: Operation,
  filter: FilterNode,
  replacement: unknown,
  options: WriteOptions,
): Promise<PreparedWrite<ReplaceRequest>> {
  refuseOperators(replacement, operation.context)
  const { id, fields, plainBytes } = await prepareFields(operation, replacement)
  const named = namedId(filter)
  if (id !== undefined && named !== undefined && id !== named)
    throw argumentError(operation.context, "_id", "an _id never changes, and the filter names another one")
  // A replacement that carries its _id (a document read and changed, say) is meant for the document of that _id.
  const own = id !== undefined && named === undefined ? and([filter, compare("eq", idPath, id)]) : filter
  const request: ReplaceRequest = {
    kind: "replace",
    filter: own,
    many: false,
    replacement: fields,
    ...chosen(options),
  }
  checkWrite(operation, request, options)
  if (options.upsert !== true) return { request }
  const document = withId(operation, named ?? id, fields, plainBytes)
  return { request, upsert: { document, idGiven: (named ?? id) !== undefined, make: () => document } }
}

/** Whoever writes operators means an update. */
function refuseOperators(replacement: unknown, context: CallContext): void {
  const operator = isPlainObject(replacement)
    ? Object.keys(replacement).find((name) => name.startsWith("$"))
    : undefined
  if (operator !== undefined)
    throw argumentError(context, operator, "a replacement is a whole document; operators go to an update")
}

/** The `_id` that every match has, where the filter says it. */
function namedId(filter: FilterNode): string | undefined {
  const node = equalityOn(filter, idPath)
  return node?.kind === "compare" ? (node.value as string) : undefined
}

export function deleteRequest(
  operation: Operation,
  filter: FilterNode,
  options: WriteOptions,
): PreparedWrite<DeleteRequest> {
  const request: DeleteRequest = { kind: "delete", filter, many: options.many ?? false, ...chosen(options) }
  checkWrite(operation, request, options)
  return { request }
}

function checkWrite(
  { collection, context }: Operation,
  request: WriteRequest,
  { upsert }: WriteOptions,
): void {
  checkSupport(featuresOfWrite(request, { upsert: upsert === true }), collection.capabilities, context)
}

function chosen({ sort, returning }: WriteOptions) {
  return {
    ...(sort === undefined || sort.length === 0 ? {} : { sort }),
    ...(returning === undefined ? {} : { returning }),
  }
}

/**
 * The document of an upsert. One that cannot be made, that does not conform, or that an own schema changes, is made by core,
 * and only when it is needed.
 */
function upsertSource(operation: Operation, seed: Document, makeFields: () => Document): UpsertSource {
  const { collection, store, context } = operation
  const idGiven = seed["_id"] !== undefined
  const id = idGiven ? normalizeId(seed["_id"], store, collection.info, context) : undefined
  const made = () => {
    const { _id, ...fields } = makeFields()
    return fields
  }
  const make = async () => {
    const { fields, plainBytes } = await conformingFields(operation, made())
    return withId(operation, id, fields, plainBytes)
  }
  const fields = collection.schema === undefined ? conforming(operation, made) : undefined
  if (fields === undefined) return { idGiven, make }
  const document = withId(operation, id, fields)
  return { document, idGiven, make: () => document }
}

/** Undefined where they cannot be made or do not conform. */
function conforming(operation: Operation, make: () => Document): Document | undefined {
  try {
    const fields = make()
    checkConforming(operation, fields)
    return fields
  } catch (error) {
    if (NoSQLError.isInstance(error)) return undefined
    throw error
  }
}
