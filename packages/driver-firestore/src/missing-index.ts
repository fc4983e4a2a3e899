import { NoSQLError } from "@nosql/contracts"
import type { CollectionInfo, DriverCall } from "@nosql/core/driver"
import { classifyError, placeOf } from "./classify-error.ts"
import { indexFor, indexNeeds, printIndex } from "./composite-index.ts"
import type { NativeQuery } from "./native-query.ts"

/** The link by which the console makes the index; it holds names of fields, no values. */
const consoleLink = /https:\/\/console\.(?:firebase|cloud)\.google\.com\/\S+/

/** The error of a read: where the server misses an index, its definition, and the link to make it. */
export function readError(
  error: unknown,
  collection: CollectionInfo,
  queries: readonly NativeQuery[],
  call: DriverCall,
): NoSQLError {
  const place = placeOf(call, collection.name)
  const text = missingIndexText(error, queries)
  return classifyError(error, text === undefined ? place : { ...place, text })
}

function missingIndexText(error: unknown, queries: readonly NativeQuery[]): string | undefined {
  if (NoSQLError.isInstance(error) || !(error instanceof Error)) return undefined
  if ((error as { code?: unknown }).code !== 9 || !/index/i.test(error.message)) return undefined
  const needed = new Set(queries.flatMap(indexNeeds).map((need) => printIndex(indexFor(need))))
  const definition = needed.size === 0 ? "an index" : `the index ${[...needed].join(" and ")}`
  const link = consoleLink.exec(error.message)?.[0]
  const made = link === undefined ? "" : `, or make it here: ${link}`
  return `Firestore has not ${definition} that the query needs; declare it and deploy what firestoreIndexes() writes${made}`
}
