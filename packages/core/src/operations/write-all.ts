import type { Document, NoSQLError } from "@nosql/contracts"
import { queryOf } from "../ast/query.ts"
import type { WriteOutcome, WriteRequest } from "../driver/plan.ts"
import { someAtATime } from "../driver/some-at-a-time.ts"
import { findMatches, idOf, type Look, type Match } from "./find-matches.ts"
import { mostAtATime } from "./most-at-a-time.ts"
import { nextDocument } from "./next-document.ts"
import { type Operation, throwIfEnded } from "./operation.ts"
import { type Written, writeMatch } from "./write-match.ts"
import { type Failure, matchesError } from "./write-progress.ts"

/** Writes the matches as they are read, some at a time; a stop half-way says which were written. */
export async function writeAll(
  operation: Operation,
  request: WriteRequest,
  look: Look,
): Promise<WriteOutcome> {
  // A document that its own update moved along the way of the read is not met twice.
  const met = new Set<string>()
  const done: string[] = []
  let modified = 0
  let stop: NoSQLError | undefined
  try {
    for await (const batch of findMatches(operation, queryOf(request.filter, look))) {
      const matches = batch.filter((match) => !met.has(idOf(match)))
      for (const match of matches) met.add(idOf(match))
      const { written, failures, notTried } = await writeBatch(operation, request, matches)
      for (const { before, after } of written) {
        done.push(before["_id"] as string)
        if (before !== after) modified++
      }
      if (failures.length === 0) continue
      stop = matchesError(operation, { done, failures }, notTried)
      break
    }
  } catch (error) {
    throw done.length === 0 ? error : matchesError(operation, { done, failures: [], error }, [])
  }
  if (stop !== undefined) throw stop
  return { matched: done.length, modified }
}

interface BatchOutcome {
  readonly written: readonly Written[]
  readonly failures: readonly Failure<string>[]
  readonly notTried: readonly string[]
}

/** After a failure no further document is begun; those under way end. */
async function writeBatch(
  operation: Operation,
  request: WriteRequest,
  matches: readonly Match[],
): Promise<BatchOutcome> {
  const together = await writeTogether(operation, request, matches)
  const written = [...together.written]
  const failures = [...together.failures]
  if (failures.length > 0) return { written, failures, notTried: together.left.map(idOf) }
  const notTried = await someAtATime(together.left, mostAtATime, async (match) => {
    try {
      const attempt = await writeMatch(operation, request, match)
      if (attempt.kind === "written") written.push(attempt)
      return undefined
    } catch (error) {
      failures.push({ index: idOf(match), error })
      return "stop"
    }
  })
  return { written, failures, notTried: notTried.map(idOf) }
}

interface TogetherOutcome {
  readonly written: readonly Written[]
  readonly failures: readonly Failure<string>[]
  /** To be written one by one: not tried, or no longer as they were read. */
  readonly left: readonly Match[]
}

/** What a store can write in few requests, where nobody else has written since it was read. */
async function writeTogether(
  operation: Operation,
  request: WriteRequest,
  matches: readonly Match[],
): Promise<TogetherOutcome> {
  const { store, collection, call } = operation
  if (store.replaceEach === undefined || matches.length < 2)
    return { written: [], failures: [], left: matches }
  throwIfEnded(operation)
  const written: Written[] = []
  const failures: Failure<string>[] = []
  const left: Match[] = []
  const changes: { readonly match: Match; readonly next: Document | undefined }[] = []
  for (const match of matches) {
    if (failures.length > 0 || match.eventual) {
      left.push(match)
      continue
    }
    try {
      const next = await nextDocument(operation, request, match.document)
      if (next === match.document) written.push({ kind: "written", before: match.document, after: next })
      else changes.push({ match, next })
    } catch (error) {
      failures.push({ index: idOf(match), error })
    }
  }
  const replacements = changes.map(({ match, next }) => ({ read: match, next }))
  const outcomes = changes.length === 0 ? [] : await store.replaceEach(collection.info, replacements, call)
  for (const [i, { match, next }] of changes.entries()) {
    const outcome = outcomes[i]
    if (outcome === true) written.push({ kind: "written", before: match.document, after: next })
    else if (typeof outcome === "object") failures.push({ index: idOf(match), error: outcome.error })
    else left.push(match)
  }
  return { written, failures, left }
}
