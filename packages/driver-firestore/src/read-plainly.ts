import type { DocumentSnapshot } from "@google-cloud/firestore"
import {
  type Batch,
  type CollectionInfo,
  equalityOn,
  type FindPlan,
  type Query,
  type ReadCall,
  type Remaining,
} from "@nosql/core/driver"
import { classifyError, placeOf } from "./classify-error.ts"
import type { FirestoreContext } from "./firestore-context.ts"
import { retry } from "./retry.ts"
import { decodeDocument } from "./value-codec.ts"

type PlainRead = { readonly kind: "get"; readonly id: string } | { readonly kind: "all" }

export function planPlainly(query: Query): FindPlan<PlainRead> {
  const id = equalityOn(query.filter, ["_id"])
  const { filter, sort, skip, limit, projection, after } = query
  const remaining: Remaining = {
    filter,
    ...(sort.length === 0 ? {} : { sort }),
    ...(skip === 0 ? {} : { skip }),
    ...(after === undefined ? {} : { after }),
    ...(limit === undefined ? {} : { limit }),
    ...(projection === undefined ? {} : { projection }),
  }
  if (id?.kind === "compare" && typeof id.value === "string")
    return { native: { kind: "get", id: id.value }, access: "key", remaining, reasons: ["_id is given"] }
  return { native: { kind: "all" }, access: "scan", remaining, reasons: ["everything is read"] }
}

export async function* readPlainly(
  context: FirestoreContext,
  collection: CollectionInfo,
  plan: FindPlan,
  call: ReadCall,
): AsyncGenerator<Batch> {
  const read = plan.native as PlainRead
  const documents = context.collectionOf(collection.name)
  try {
    const snapshots: readonly DocumentSnapshot[] =
      read.kind === "all"
        ? (await retry(call, () => documents.get())).docs
        : [await retry(call, () => documents.doc(read.id).get())]
    const found = snapshots.filter(({ exists }) => exists)
    yield { documents: found.map(decodeDocument), ...(call.revisions ? { revisions: found } : {}) }
  } catch (error) {
    throw classifyError(error, placeOf(call, collection.name))
  }
}
