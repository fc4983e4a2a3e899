import type { Collection, CollectionDefinition, Document, DocumentStore } from "@nosql/contracts"
import { collectionInfo } from "../declaration/collection-info.ts"
import { declaredReader } from "../operations/read-declared.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { repositoryDefinition } from "./repository-definition.ts"
import { type Behaviours, behavioursOf, type RepositoryOptions } from "./repository-options.ts"

/** What is worked out once of a repository's declaration. */
export interface OpenRepository {
  readonly behaviours: Behaviours
  readonly collection: Collection<Document>
  /** As the application declared it: of documents that were there before the repository nothing else is promised. */
  readonly before: Collection<Document>
  readonly asRead: ((document: Document) => Document) | undefined
  readonly lowercaseIds: boolean
}

/** Reads a repository's declaration, when it is first used: its class may still be under construction before. */
export function openRepository(
  store: DocumentStore,
  {
    name,
    collection,
    options,
  }: { readonly name: string; readonly collection: unknown; readonly options: RepositoryOptions },
  operation: string,
): OpenRepository {
  const context: CallContext = { operation: `${name}.${operation}` }
  const source = collection as CollectionDefinition<Document> | string | undefined
  if (source === undefined)
    throw argumentError(
      context,
      "collection",
      "is missing: write readonly collection = Users, a definition or a name",
    )
  const behaviours = behavioursOf(options, context)
  const definition = repositoryDefinition(source, behaviours)
  const { ids } = collectionInfo(definition)
  const declared = declaredReader(collectionInfo(definition)) ?? ((document: Document) => document)
  const changes = typeof definition === "object" && definition.schema !== undefined
  return {
    behaviours,
    collection: collectionOf(store, definition),
    before: collectionOf(store, source),
    asRead: changes ? undefined : declared,
    lowercaseIds: ids === "objectId" || ids === "uuid",
  }
}

function collectionOf(
  store: DocumentStore,
  source: CollectionDefinition<Document> | string,
): Collection<Document> {
  return typeof source === "string" ? store.collection(source) : store.collection(source)
}
