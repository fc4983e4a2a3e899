import type { Query as SdkQuery, Transaction } from "@google-cloud/firestore"
import type { CountPlan, ReadCall } from "@nosql/core/driver"
import type { FirestoreCollection } from "./firestore-collection.ts"
import type { FirestoreContext } from "./firestore-context.ts"
import { readError } from "./missing-index.ts"
import type { FirestoreCount, NativeQuery } from "./native-query.ts"
import { retry } from "./retry.ts"
import { toSdkQuery } from "./to-sdk-query.ts"

/** Runs a plan of `planCount`. Several counts are taken of one moment, in a transaction that only reads. */
export async function runCount(
  context: FirestoreContext,
  collection: FirestoreCollection,
  plan: CountPlan,
  call: ReadCall,
): Promise<number> {
  const { firestore, queryOf } = context
  const { plus, minus } = plan.native as FirestoreCount
  const source = queryOf(collection.name)
  const [only] = plus
  const work =
    plus.length + minus.length === 1 && only !== undefined
      ? () => countOf(source, only, collection)
      : () =>
          firestore.runTransaction(
            (transaction) => difference(transaction, source, { plus, minus }, collection),
            {
              readOnly: true,
            },
          )
  try {
    return await retry({ context, call }, work)
  } catch (error) {
    throw readError(error, collection, [...plus, ...minus], call)
  }
}

async function difference(
  transaction: Transaction,
  source: SdkQuery,
  { plus, minus }: FirestoreCount,
  collection: FirestoreCollection,
): Promise<number> {
  const sum = async (queries: readonly NativeQuery[]) => {
    const counts = await Promise.all(
      queries.map((native) => countOf(source, native, collection, transaction)),
    )
    return counts.reduce((total, count) => total + count, 0)
  }
  return (await sum(plus)) - (await sum(minus))
}

async function countOf(
  source: SdkQuery,
  native: NativeQuery,
  collection: FirestoreCollection,
  transaction?: Transaction,
): Promise<number> {
  const counted = toSdkQuery(source, native, collection).count()
  const answer = await (transaction === undefined ? counted.get() : transaction.get(counted))
  return answer.data().count
}
