import type { Document } from "@nosql/contracts"
import { and, compare, type FilterNode } from "../ast/filter.ts"
import type { SortKey } from "../ast/query.ts"
import { checkSupport } from "../driver/check-support.ts"
import { featuresOfUpdate } from "../driver/features-of.ts"
import type { DeleteRequest, ReplaceRequest, UpdateRequest } from "../driver/plan.ts"
import { seedFromFilter } from "../evaluate/seed-from-filter.ts"
import { upsertedDocument } from "../evaluate/upserted-document.ts"
import { parseUpdate } from "../parse/parse-update.ts"
import { checkFields } from "../store/check-fields.ts"
import { checkUpdate } from "../store/check-update.ts"
import { normalizeId } from "../store/document-id.ts"
import { argumentError } from "../values/argument-error.ts"
import { normalizeDocument } from "../values/normalize-value.ts"
import type { Operation } from "./operation.ts"
import { prepareReplacement, withId } from "./prepare-document.ts"
import { validateDocument } from "./validate-document.ts"
import type { UpsertSource } from "./write-documents.ts"

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
  checkSupport(featuresOfUpdate(nodes), collection.capabilities, context)
  const request: UpdateRequest = {
    kind: "update",
    filter,
    many: options.many ?? false,
    update: nodes,
    ...chosen(options),
  }
  if (options.upsert !== true) return { request }
  return { request, upsert: upsertSource(operation, upsertedDocument(filter, nodes, context)) }
}

export async function replaceRequest(
  operation: Operation,
  filter: FilterNode,
  replacement: unknown,
  options: WriteOptions,
): Promise<PreparedWrite<ReplaceRequest>> {
  const { id, fields } = await prepareReplacement(operation, replacement)
  const named = seedFromFilter(filter, operation.context)["_id"] as string | undefined
  if (id !== undefined && named !== undefined && id !== named)
    throw argumentError(operation.context, "_id", "an _id never changes, and the filter names another one")
  // A replacement that carries its _id (a document read and changed, say) is meant for the document of that _id.
  const own = id !== undefined && named === undefined ? and([filter, compare("eq", ["_id"], id)]) : filter
  const request: ReplaceRequest = {
    kind: "replace",
    filter: own,
    many: false,
    replacement: fields,
    ...chosen(options),
  }
  if (options.upsert !== true) return { request }
  const document = withId(operation, named ?? id, fields)
  return { request, upsert: { document, idGiven: (named ?? id) !== undefined, make: () => document } }
}

export function deleteRequest(filter: FilterNode, options: WriteOptions): PreparedWrite<DeleteRequest> {
  return { request: { kind: "delete", filter, many: options.many ?? false, ...chosen(options) } }
}

function chosen({ sort, returning }: WriteOptions) {
  return {
    ...(sort === undefined || sort.length === 0 ? {} : { sort }),
    ...(returning === undefined ? {} : { returning }),
  }
}

/** The document of an upsert. One that does not conform, or that an own schema changes, is made by core, and only when it is needed. */
function upsertSource(operation: Operation, made: Document): UpsertSource {
  const { collection, store, context } = operation
  const { _id, ...fields } = made
  const idGiven = _id !== undefined
  const id = idGiven ? normalizeId(_id, store, collection.info.ids, context) : undefined
  const make = async () => {
    const output =
      collection.schema === undefined
        ? fields
        : normalizeDocument(await validateDocument(fields, collection.schema, context), context)
    checkFields(output, collection.info, context)
    return withId(operation, id, output)
  }
  if (collection.schema !== undefined || !conforms(operation, fields)) return { idGiven, make }
  const document = withId(operation, id, fields)
  return { document, idGiven, make: () => document }
}

function conforms({ collection, context }: Operation, fields: Document): boolean {
  try {
    checkFields(fields, collection.info, context)
    return true
  } catch {
    return false
  }
}
