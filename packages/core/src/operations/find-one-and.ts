import type { Document } from "@nosql/contracts"
import type { FilterNode } from "../ast/filter.ts"
import type { SortKey } from "../ast/query.ts"
import type { WriteRequest } from "../driver/plan.ts"
import { projectDocument } from "../evaluate/project-document.ts"
import { parseProjection } from "../parse/parse-projection.ts"
import { parseSort } from "../parse/parse-sort.ts"
import type { Operation } from "./operation.ts"
import { declaredReader } from "./read-declared.ts"
import { writeDocuments } from "./write-documents.ts"
import { deleteRequest, type PreparedWrite, replaceRequest, updateRequest } from "./write-requests.ts"

interface FindOneAndOptions {
  readonly sort?: unknown
  readonly projection?: unknown
  readonly returnDocument?: "before" | "after"
  readonly upsert?: boolean
}

export function updateOneOf(
  operation: Operation,
  filter: FilterNode,
  update: unknown,
  options: FindOneAndOptions,
): PreparedWrite<WriteRequest> {
  return updateRequest(operation, filter, update, { ...chosen(operation, options), upsert: options.upsert })
}

export function replaceOneOf(
  operation: Operation,
  filter: FilterNode,
  replacement: unknown,
  options: FindOneAndOptions,
): Promise<PreparedWrite<WriteRequest>> {
  return replaceRequest(operation, filter, replacement, {
    ...chosen(operation, options),
    upsert: options.upsert,
  })
}

export function deleteOneOf(
  operation: Operation,
  filter: FilterNode,
  options: FindOneAndOptions,
): PreparedWrite<WriteRequest> {
  return deleteRequest(operation, filter, chosen(operation, options))
}

/** Which document is written, and which image of it comes back. */
function chosen(
  { context }: Operation,
  { sort, returnDocument = "before" }: FindOneAndOptions,
): { sort: readonly SortKey[]; returning: "before" | "after" } {
  return { sort: parseSort(sort, context), returning: returnDocument }
}

/** Runs the write of one document and gives it back, projected; null where there is none. */
export async function findOneAnd(
  operation: Operation,
  options: FindOneAndOptions,
  { request, upsert }: PreparedWrite<WriteRequest>,
): Promise<Document | null> {
  const projection = parseProjection(options.projection, operation.context)
  const { document } = await writeDocuments(operation, request, upsert)
  if (document === undefined) return null
  const decoded = declaredReader(operation.collection.info)?.(document) ?? document
  return projection === undefined ? decoded : projectDocument(decoded, projection)
}
