import type { Document } from "@nosql/contracts"
import type { IndexInfo } from "@nosql/core/driver"
import { classifyError } from "./classify-error.ts"
import { commitWrites } from "./commit-writes.ts"
import { isTaken } from "./grpc-status.ts"
import type { IndexCatalog } from "./index-catalog.ts"
import { retry } from "./retry.ts"
import { sentinelOf } from "./sentinel.ts"
import { pathsOf, takenError, uniqueKey } from "./unique-key.ts"
import { decodeDocument } from "./value-codec.ts"
import type { WriteTarget } from "./write-target.ts"

const pageSize = 500

/**
 * Writes down which indexes there are and, for unique ones, stands for the values that are there already.
 * Written down first, so that who writes meanwhile does its part; taken back where documents share a value.
 */
export async function createIndexes(
  indexes: readonly IndexInfo[],
  catalog: IndexCatalog,
  target: WriteTarget,
): Promise<void> {
  const { info } = target
  const before = await catalog.read(info, target.call)
  const added = indexes.filter(({ name }) => !before.some((index) => index.name === name))
  if (added.length === 0) return
  await catalog.change(info, (known) => [...known.filter((index) => !isNamed(added, index)), ...added])
  const uniques = added.filter(({ unique }) => unique)
  if (uniques.length === 0) return
  try {
    await reserveValues(uniques, target)
  } catch (error) {
    await catalog.change(info, (known) => known.filter((index) => !isNamed(added, index)))
    for (const { name } of uniques) await removeSentinels(name, target)
    throw classifyError(error, target.place)
  }
}

function isNamed(indexes: readonly IndexInfo[], { name }: IndexInfo): boolean {
  return indexes.some((index) => index.name === name)
}

async function reserveValues(uniques: readonly IndexInfo[], target: WriteTarget): Promise<void> {
  let last: string | undefined
  for (;;) {
    const ordered = target.documents.orderBy("__name__").limit(pageSize)
    const query = last === undefined ? ordered : ordered.startAfter(last)
    const { docs } = await retry(target, () => query.get())
    for (const index of uniques)
      await reservePage(
        docs.map((snapshot) => decodeDocument(snapshot)),
        index,
        target,
      )
    last = docs.at(-1)?.id
    if (docs.length < pageSize) return
  }
}

async function reservePage(
  documents: readonly Document[],
  index: IndexInfo,
  target: WriteTarget,
): Promise<void> {
  const wanted = new Map<string, Document>()
  for (const document of documents) {
    const key = uniqueKey(document, index)
    if (key === undefined) continue
    if (wanted.has(key)) throw takenError(target.place, index.name, pathsOf(index), undefined)
    wanted.set(key, document)
  }
  if (wanted.size === 0) return
  const batch = target.context.firestore.batch()
  for (const [key, document] of wanted)
    batch.create(target.sentinels.doc(key), sentinelOf(document, index, target.info))
  try {
    await commitWrites(batch, "condition", target)
  } catch (error) {
    if (!isTaken(error)) throw error
    await reserveSingly(wanted, index, target, error)
  }
}

/** Some are reserved already: by their own documents, which were written meanwhile, or by others. */
async function reserveSingly(
  wanted: ReadonlyMap<string, Document>,
  index: IndexInfo,
  target: WriteTarget,
  cause: unknown,
): Promise<void> {
  const references = [...wanted.keys()].map((key) => target.sentinels.doc(key))
  const found = await retry(target, () => target.context.firestore.getAll(...references))
  const batch = target.context.firestore.batch()
  for (const sentinel of found) {
    const document = wanted.get(sentinel.id) as Document
    if (!sentinel.exists) batch.create(sentinel.ref, sentinelOf(document, index, target.info))
    else if (sentinel.get("owner") !== document["_id"])
      throw takenError(target.place, index.name, pathsOf(index), cause)
  }
  await commitWrites(batch, "condition", target)
}

/** Removes what stands for the values of one index. */
export async function removeSentinels(name: string, target: WriteTarget): Promise<void> {
  for (;;) {
    const query = target.sentinels.where("index", "==", name).limit(pageSize).select()
    const { docs } = await retry(target, () => query.get())
    if (docs.length === 0) return
    const batch = target.context.firestore.batch()
    for (const { ref } of docs) batch.delete(ref)
    await commitWrites(batch, "always", target)
  }
}
