import {
  type DocumentReference,
  FieldPath,
  FieldValue,
  type Timestamp,
  type WriteBatch,
} from "@google-cloud/firestore"
import type { Document } from "@nosql/contracts"
import { compileChange, type FieldChange } from "./compile-change.ts"
import type { DocumentChange } from "./document-change.ts"
import { idOfChange } from "./document-change.ts"
import { endOfLife } from "./expires-at.ts"
import { isInherited } from "./inherited-name.ts"
import { conditionField } from "./reserved-field.ts"
import { sentinelOf } from "./sentinel.ts"
import { uniqueKey } from "./unique-key.ts"
import { encodeDocument, protoFields } from "./value-codec.ts"
import type { WriteTarget } from "./write-target.ts"

/** Adds the writes of one change to a batch: the document's, on its condition, and those of its unique values. */
export function addChange(batch: WriteBatch, change: DocumentChange, target: WriteTarget): void {
  const reference = target.documents.doc(idOfChange(change))
  switch (change.kind) {
    case "create":
      batch.create(reference, encodeDocument(change.document, target.info))
      break
    case "remove":
      batch.delete(reference, conditionOf(change.snapshot))
      break
    case "replace": {
      const { before, document, snapshot } = change
      addUpdate(
        batch,
        reference,
        compileChange(before, document, protoFields(snapshot), target.info),
        snapshot,
      )
      break
    }
  }
  addSentinels(batch, change, target)
}

/** On the condition that nobody has written since it was read. */
function conditionOf({ updateTime }: { readonly updateTime?: Timestamp }) {
  return updateTime === undefined ? { exists: true } : { lastUpdateTime: updateTime }
}

function addUpdate(
  batch: WriteBatch,
  reference: DocumentReference,
  changes: readonly FieldChange[],
  snapshot: { readonly updateTime?: Timestamp },
): void {
  if (changes.length === 0) return
  const inherited = changes.filter(([field]) => isInherited(field))
  const plain = changes.filter(([field]) => !isInherited(field))
  // Removing what is never there changes nothing: it carries the condition.
  const [first, ...rest] = plain.length === 0 ? [[conditionField, FieldValue.delete()] as const] : plain
  if (first === undefined) return
  const others = rest.flatMap(([field, value]) => [new FieldPath(field), value])
  batch.update(reference, new FieldPath(first[0]), first[1], ...others, conditionOf(snapshot))
  if (inherited.length === 0) return
  const mergeFields = inherited.map(([field]) => new FieldPath(field))
  batch.set(reference, Object.fromEntries(inherited), { mergeFields })
}

function addSentinels(
  batch: WriteBatch,
  change: DocumentChange,
  { uniques, sentinels, info }: WriteTarget,
): void {
  const before = change.kind === "create" ? undefined : change.before
  const after = change.kind === "remove" ? undefined : change.document
  const keyOf = (document: Document | undefined, index: (typeof uniques)[number]) =>
    document === undefined ? undefined : uniqueKey(document, index)
  for (const index of uniques) {
    const [old, next] = [keyOf(before, index), keyOf(after, index)]
    if (after !== undefined && next !== undefined) {
      const sentinel = sentinelOf(after, index, info)
      if (old !== next) batch.create(sentinels.doc(next), sentinel)
      else if (
        before !== undefined &&
        endOfLife(before, info)?.getTime() !== endOfLife(after, info)?.getTime()
      )
        batch.set(sentinels.doc(next), sentinel)
    }
    if (old !== undefined && old !== next) batch.delete(sentinels.doc(old))
  }
}
