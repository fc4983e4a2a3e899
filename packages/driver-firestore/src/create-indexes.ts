import type { DocumentSnapshot } from "@google-cloud/firestore"
import { type Document, NoSQLError } from "@nosql/contracts"
import { type IndexInfo, someAtATime } from "@nosql/core/driver"
import { commitWrites } from "./commit-writes.ts"
import { isTaken } from "./grpc-status.ts"
import type { IndexCatalog } from "./index-catalog.ts"
import { retry } from "./retry.ts"
import { sentinelOf } from "./sentinel.ts"
import { pathsOf, takenError, uniqueKey } from "./unique-key.ts"
import { decodeDocument } from "./value-codec.ts"
import type { WriteTarget } from "./write-target.ts"

const pageSize = 500
/** Documents that are looked at one by one, at a time. */
const concurrency = 16

/**
 * Writes down which indexes there are and, for unique ones, stands for the values that are there already.
 * Written down first, as building, so that who writes meanwhile does its part, and so that who comes behind one that was stopped goes on with it;
 * taken back where documents share a value.
 */
export async function createIndexes(
  indexes: readonly IndexInfo[],
  catalog: IndexCatalog,
  target: WriteTarget,
): Promise<void> {
  const { info } = target
  const before = await catalog.read(info, target.call)
  if (indexes.every((index) => before.some(({ name, building }) => name === index.name && !building))) return
  const begun = await catalog.change(info, (known) => [
    ...known,
    ...indexes.filter((index) => !isNamed(known, index)).map(begin),
  ])
  const unfinished = begun.filter((index) => index.building && isNamed(indexes, index))
  if (unfinished.length === 0) return
  try {
    await reserveValues(unfinished, target)
  } catch (error) {
    if (!NoSQLError.isInstance(error)) throw error
    await catalog.change(info, (known) => known.filter((index) => !isNamed(unfinished, index)))
    for (const { name } of unfinished) await removeSentinels(name, target)
    throw error
  }
  const finished = await catalog.change(info, (known) =>
    known.map((index) => (isNamed(unfinished, index) ? finish(index) : index)),
  )
  for (const index of unfinished) {
    if (isNamed(finished, index)) continue
    await removeSentinels(index.name, target)
    throw droppedError(index, target)
  }
}

/** Of the others Firestore's own are the work. */
function begin(index: IndexInfo): IndexInfo {
  return index.unique ? { ...index, building: true } : index
}

function finish({ building: _, ...index }: IndexInfo): IndexInfo {
  return index
}

function droppedError(
  { name }: IndexInfo,
  { place: { operation, collection = "" } }: WriteTarget,
): NoSQLError {
  return new NoSQLError("conflict", `${operation}: the index "${name}" was dropped while it was built`, {
    operation,
    backend: "firestore",
    collection,
    retryable: true,
  })
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
  const left = found.flatMap((sentinel) => {
    const id = wanted.get(sentinel.id)?.["_id"] as string
    return sentinel.exists && sentinel.get("owner") === id ? [] : [id]
  })
  const taken: string[] = []
  await someAtATime(left, concurrency, async (id) => {
    if (await reserve(id, index, target)) return undefined
    taken.push(id)
    return "stop"
  })
  if (taken.length > 0) throw takenError(target.place, index.name, pathsOf(index), cause)
}

/** As the document and what stands for its value are now: they may have changed since they were read. False where another one has the value. */
function reserve(id: string, index: IndexInfo, target: WriteTarget): Promise<boolean> {
  const { documents, sentinels, info } = target
  const { firestore, gate } = target.context
  const valuesOf = (snapshot: DocumentSnapshot) => {
    const document = snapshot.exists ? decodeDocument(snapshot) : undefined
    const key = document === undefined ? undefined : uniqueKey(document, index)
    return document === undefined || key === undefined ? undefined : { document, key }
  }
  return gate.send(() =>
    firestore.runTransaction(async (transaction) => {
      const own = valuesOf(await transaction.get(documents.doc(id)))
      if (own === undefined) return true
      const sentinel = await transaction.get(sentinels.doc(own.key))
      const owner: unknown = sentinel.get("owner")
      if (owner === id) return true
      if (typeof owner === "string") {
        const other = valuesOf(await transaction.get(documents.doc(owner)))
        if (other?.key === own.key) return false
      }
      transaction.set(sentinel.ref, sentinelOf(own.document, index, info))
      return true
    }),
  )
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
