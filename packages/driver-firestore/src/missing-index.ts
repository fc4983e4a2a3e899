import { NoSQLError } from "@nosql/contracts"
import type { DriverCall } from "@nosql/core/driver"
import { classifyError, placeOf } from "./classify-error.ts"
import { indexNeeds, indexWord, printNeeds } from "./composite-index.ts"
import type { FirestoreCollection } from "./firestore-collection.ts"
import { grpcStatus, statusOf } from "./grpc-status.ts"
import type { NativeQuery } from "./native-query.ts"

/** The link by which the console makes the index; it holds names of fields, no values. */
const consoleLink = /https:\/\/console\.(?:firebase|cloud)\.google\.com\/\S+/

/** The error of a read: where the server misses an index, its definition, and the link to make it. */
export function readError(
  error: unknown,
  collection: FirestoreCollection,
  queries: readonly NativeQuery[],
  call: DriverCall,
): NoSQLError {
  const place = placeOf(call, collection.name)
  const text = missingIndexText(error, queries, collection)
  return classifyError(error, text === undefined ? place : { ...place, text })
}

function missingIndexText(
  error: unknown,
  queries: readonly NativeQuery[],
  collection: FirestoreCollection,
): string | undefined {
  if (NoSQLError.isInstance(error) || !(error instanceof Error)) return undefined
  if (statusOf(error) !== grpcStatus.failedPrecondition || !/index/i.test(error.message)) return undefined
  const needed = printNeeds(
    queries.flatMap((query) => indexNeeds(query, collection)),
    collection,
  )
  const definition = needed === "" ? "an index" : `the ${indexWord(collection)} ${needed}`
  const link = consoleLink.exec(error.message)?.[0]
  const made = link === undefined ? "" : `, or make it here: ${link}`
  return `Firestore has not ${definition} that the query needs; declare it and deploy what firestoreIndexes() writes${made}`
}
