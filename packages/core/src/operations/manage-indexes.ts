import type { IndexDefinition, IndexDescription, IndexReport } from "@nosql/contracts"
import { formatPath } from "../ast/path.ts"
import { checkIndex } from "../declaration/check-index.ts"
import { indexInfo } from "../declaration/collection-info.ts"
import { indexNameProblem } from "../declaration/index-name-problem.ts"
import { checkSupport } from "../driver/check-support.ts"
import type { IndexInfo } from "../driver/collection-info.ts"
import { featuresOfIndex } from "../driver/features-of.ts"
import { refuseOtherIndex } from "../driver/refuse-other-index.ts"
import { unordered } from "../parse/ordered-pairs.ts"
import { argumentError } from "../values/argument-error.ts"
import { namesake, twinOf } from "./compare-indexes.ts"
import { ensureIndexes } from "./ensure-indexes.ts"
import type { Operation } from "./operation.ts"

/** Makes one index and returns its name; one that is there already is left, whatever its name, and one that is being built gone on with. */
export async function createIndex(operation: Operation, definition: IndexDefinition): Promise<string> {
  const { store, collection, context, call } = operation
  const index = indexInfo(checkIndex(definition, context))
  checkSupport(featuresOfIndex(index), collection.capabilities, context)
  const found = await store.listIndexes(collection.info, call)
  const twin = twinOf(index, found)
  if (twin !== undefined) {
    if (twin.building) await store.createIndexes(collection.info, [twin], call)
    return twin.name
  }
  const taken = namesake(index, found)
  if (taken !== undefined) refuseOtherIndex(index, taken, context)
  await store.createIndexes(collection.info, [index], call)
  return index.name
}

/** False where there was none of this name. */
export async function dropIndex(operation: Operation, name: string): Promise<boolean> {
  const { store, collection, context, call } = operation
  const problem = indexNameProblem(name)
  if (problem !== undefined) throw argumentError(context, "name", problem)
  return store.dropIndex(collection.info, name, call)
}

export async function listIndexes(operation: Operation): Promise<IndexDescription[]> {
  const { store, collection, call } = operation
  return (await store.listIndexes(collection.info, call)).map(describe)
}

function describe(index: IndexInfo): IndexDescription {
  const { name, keys, unique, text = [], expireAfterSeconds, hash, shards, building } = index
  const pairs = [
    ...keys.map(({ path, direction }) => [formatPath(path), direction] as const),
    ...text.map((path) => [formatPath(path), "text"] as const),
  ]
  return {
    name,
    keys: Object.fromEntries(pairs),
    ...(unordered(pairs) === undefined ? {} : { order: pairs.map(([path]) => path) }),
    unique,
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
    ...(hash === undefined ? {} : { hash: hash.map(formatPath) }),
    ...(shards === undefined ? {} : { shards }),
    ...(building === undefined ? {} : { building }),
  }
}

/** Makes the collection where stores know one without documents, then its declared indexes. */
export async function createCollection(operation: Operation): Promise<IndexReport> {
  const { store, collection, call } = operation
  const made = await store.createCollection(collection.info, call)
  const report = await ensureIndexes(operation)
  // A store that makes a collection with its indexes has made those that are found with it.
  return made ? { ...report, created: [...report.existing, ...report.created], existing: [] } : report
}
