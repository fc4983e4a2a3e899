import {
  type Cursor,
  type Document,
  type FindOptions,
  NoSQLError,
  type Page,
  type PageOptions,
  type ReadOptions,
} from "@nosql/contracts"
import { hasOperators } from "../parse/parse-filter.ts"
import { argumentError } from "../values/argument-error.ts"
import { isPlainObject } from "../values/plain-object.ts"
import { toEntity } from "./entity-mapping.ts"
import type { RepositoryContext } from "./repository-context.ts"
import { scoped, scopedId } from "./scope.ts"

type Options = FindOptions<Document>

/** Ids asked for in one query. */
const idsPerQuery = 1000

export async function getEntity(
  context: RepositoryContext,
  id: string,
  options?: ReadOptions,
): Promise<unknown> {
  return entityOrNull(context, await context.collection.findOne(scopedId(context, id), options))
}

export async function getEntityOrThrow(
  context: RepositoryContext,
  id: string,
  options?: ReadOptions,
): Promise<unknown> {
  const found = await getEntity(context, id, options)
  if (found !== null) return found
  const { operation, collection = "", backend = "" } = context.call
  throw new NoSQLError("not-found", `${operation}: "${collection}" has no entity of this id`, {
    operation,
    collection,
    backend,
  })
}

export async function getEntities(
  context: RepositoryContext,
  ids: readonly string[],
  options?: ReadOptions,
): Promise<unknown[]> {
  if (!Array.isArray(ids)) throw argumentError(context.call, "", "takes an array of ids")
  const unique = [...new Set(ids)]
  const found = new Map<string, unknown>()
  for (let start = 0; start < unique.length; start += idsPerQuery) {
    const filter = scoped(context, { _id: { $in: unique.slice(start, start + idsPerQuery) } })
    for await (const document of context.collection.find(filter, options)) {
      found.set(document._id, await toEntity(context, document))
    }
  }
  return ids.map((id) => found.get(context.lowercaseIds ? id.toLowerCase() : id) ?? null)
}

export async function findEntity(
  context: RepositoryContext,
  filter: unknown,
  options?: Options,
): Promise<unknown> {
  return entityOrNull(context, await context.collection.findOne(scoped(context, filter), options))
}

/** All that a filter finds: with a limit so many, without one at most `maxResults`, so that a collection that grows is noticed. */
export async function findEntities(
  context: RepositoryContext,
  filter: unknown,
  options: Options = {},
): Promise<unknown[]> {
  const { maxResults } = context.behaviours
  const { limit = maxResults + 1 } = options
  const found = await streamEntities(context, filter, { ...options, limit }).toArray()
  if (options.limit !== undefined || found.length <= maxResults) return found
  const { operation, collection = "", backend = "" } = context.call
  throw new NoSQLError(
    "resource-exhausted",
    `${operation}: more than ${maxResults} entities match; give a limit, go by page() or stream(), or raise maxResults`,
    { operation, collection, backend, details: { maxResults } },
  )
}

export function streamEntities(
  context: RepositoryContext,
  filter: unknown,
  options?: Options,
): Cursor<unknown> {
  return context.collection
    .find(scoped(context, filter), options)
    .map((document) => toEntity(context, document))
}

export async function pageEntities(
  context: RepositoryContext,
  filter: unknown,
  options?: PageOptions<Document>,
): Promise<Page<unknown>> {
  const { items, ...page } = await context.collection.page(scoped(context, filter), options)
  return { ...page, items: await Promise.all(items.map((document) => toEntity(context, document))) }
}

/** Values by path, as a filter: whatever a value is, it is no operator. One that is undefined is refused: left out, it would find everything. */
export function equalitiesFilter({ call }: RepositoryContext, equalities: object): Record<string, unknown> {
  if (!isPlainObject(equalities))
    throw argumentError(call, "", 'takes values by path, such as { status: "active" }')
  const wrong = Object.entries(equalities).find(
    ([path, value]) => path.startsWith("$") || hasOperators(value),
  )
  if (wrong !== undefined)
    throw argumentError(call, wrong[0], "takes values by path; findByFilter takes operators")
  return Object.fromEntries(Object.entries(equalities).map(([path, value]) => [path, { $eq: value }]))
}

async function entityOrNull(context: RepositoryContext, document: Document | null): Promise<unknown> {
  return document === null ? null : toEntity(context, document)
}
