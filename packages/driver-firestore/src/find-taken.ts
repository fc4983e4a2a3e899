import type { DocumentSnapshot } from "@google-cloud/firestore"
import type { IndexInfo } from "@nosql/core/driver"
import { type DocumentChange, idOfChange } from "./document-change.ts"
import { retry } from "./retry.ts"
import { pathsOf, uniqueKey } from "./unique-key.ts"
import { decodeDocument } from "./value-codec.ts"
import type { WriteTarget } from "./write-target.ts"

/** What stands in the way of a change. */
interface Taken {
  readonly index: string
  readonly paths: readonly string[]
}

/**
 * What a change met that was there already. Undefined where nothing is (any more): what stood for a document that has gone, or that
 * has other values now, because somebody wrote or swept it without this driver, is removed.
 */
export async function findTaken(change: DocumentChange, target: WriteTarget): Promise<Taken | undefined> {
  if (change.kind === "create") {
    const { exists } = await retry(target, () => target.documents.doc(idOfChange(change)).get())
    if (exists) return { index: "_id_", paths: ["_id"] }
  }
  for (const { index, sentinel } of await sentinelsOf(change, target)) {
    if (sentinel.exists && !(await freeStale(sentinel, index, target)))
      return { index: index.name, paths: pathsOf(index) }
  }
  return undefined
}

/** The documents that stand for the values that a change brings. */
async function sentinelsOf(
  change: DocumentChange,
  target: WriteTarget,
): Promise<{ index: IndexInfo; sentinel: DocumentSnapshot }[]> {
  if (change.kind === "remove") return []
  const { sentinels, uniques, context } = target
  const { document } = change
  const before = change.kind === "replace" ? change.before : undefined
  const wanted = uniques.flatMap((index) => {
    const key = uniqueKey(document, index)
    const kept = before === undefined ? undefined : uniqueKey(before, index)
    return key === undefined || key === kept ? [] : [{ index, reference: sentinels.doc(key) }]
  })
  if (wanted.length === 0) return []
  const found = await retry(target, () =>
    context.firestore.getAll(...wanted.map(({ reference }) => reference)),
  )
  return wanted.map(({ index }, i) => ({ index, sentinel: found[i] as DocumentSnapshot }))
}

/** Removes what stands for no document's values; false where it does. */
function freeStale(sentinel: DocumentSnapshot, index: IndexInfo, target: WriteTarget): Promise<boolean> {
  const { firestore, gate } = target.context
  return gate.send(() =>
    firestore.runTransaction(async (transaction) => {
      const now = await transaction.get(sentinel.ref)
      if (!now.exists) return true
      const owner = await transaction.get(target.documents.doc(String(now.get("owner"))))
      if (owner.exists && uniqueKey(decodeDocument(owner), index) === sentinel.id) return false
      transaction.delete(sentinel.ref)
      return true
    }),
  )
}
