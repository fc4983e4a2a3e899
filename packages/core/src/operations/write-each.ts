import { type Document, NoSQLError } from "@nosql/contracts"
import { and, compare } from "../ast/filter.ts"
import { idPath } from "../ast/path.ts"
import { type Query, queryOf } from "../ast/query.ts"
import type { ReadDocument } from "../driver/driver.ts"
import type { FindPlan, WriteOutcome, WriteRequest } from "../driver/plan.ts"
import { someAtATime } from "../driver/some-at-a-time.ts"
import { compareDocuments } from "../evaluate/sort-documents.ts"
import { nextDocument } from "./next-document.ts"
import { type Operation, throwIfEnded } from "./operation.ts"
import { pause } from "./pause.ts"
import { streamingAgain } from "./plan-again.ts"
import { planRead, readForWriting } from "./read-documents.ts"
import { type Failure, matchesError } from "./write-progress.ts"

/** A document to write. */
interface Match extends ReadDocument {
  /** It may be as it was before its newest write. */
  readonly eventual: boolean
  /** How often it was tried to write it, each time in vain. */
  readonly attempts: number
}

/** What became of one match. */
type Attempt = Written | Moved | NoMatch

/** What a conditional write did to one document. */
interface Written {
  readonly kind: "written"
  readonly before: Document
  /** Undefined where it was removed. */
  readonly after: Document | undefined
}

/** Changed since it was found, so that others may now come before it in the order asked for. */
interface Moved {
  readonly kind: "moved"
  /** As it is now. */
  readonly match: Match
}

/** Changed or removed since it was found, so that it does not match. */
interface NoMatch {
  readonly kind: "no match"
}

/** Attempts at one document before its writers are too many: about 3 s of waiting in all. */
const maxAttempts = 12
/** How many documents of one operation are written at a time. */
export const mostAtATime = 16

/** Read → apply → write on the condition that nothing changed: how core writes what a store cannot express. */
export function writeEach(
  operation: Operation,
  request: WriteRequest,
  consistency?: "strong",
): Promise<WriteOutcome> {
  const look = consistency === undefined ? {} : { consistency }
  return request.many ? writeAll(operation, request, look) : writeFirst(operation, request, look)
}

/** How the matches are looked for. */
interface Look {
  readonly consistency?: "strong"
}

async function writeFirst(operation: Operation, request: WriteRequest, look: Look): Promise<WriteOutcome> {
  // What turned out to be other than it was found: as it is now, or undefined where it does not match.
  const changed = new Map<string, Match | undefined>()
  for (;;) {
    const match = await firstMatch(operation, request, changed, look)
    if (match === undefined) return { matched: 0, modified: 0 }
    const attempt = await writeMatch(operation, request, match)
    if (attempt.kind === "written") return outcomeOf(request, attempt)
    changed.set(idOf(match), attempt.kind === "moved" ? attempt.match : undefined)
  }
}

function outcomeOf({ returning }: WriteRequest, { before, after }: Written): WriteOutcome {
  const document = returning === "before" ? before : returning === "after" ? after : undefined
  return { matched: 1, modified: before === after ? 0 : 1, ...(document === undefined ? {} : { document }) }
}

/** The first in the order asked for, where each document that is known to have changed stands by what it is now. */
async function firstMatch(
  operation: Operation,
  { filter, sort = [] }: WriteRequest,
  changed: ReadonlyMap<string, Match | undefined>,
  look: Look,
): Promise<Match | undefined> {
  const order = compareDocuments(sort)
  const [moved] = [...changed.values()]
    .filter((match) => match !== undefined)
    .sort((a, b) => order(a.document, b.document))
  const query = queryOf(filter, { ...look, sort, limit: changed.size + 1 })
  for await (const batch of findMatches(operation, query)) {
    const found = batch.find((candidate) => !changed.has(idOf(candidate)))
    if (found !== undefined)
      return moved !== undefined && order(moved.document, found.document) <= 0 ? moved : found
  }
  return moved
}

function findMatches(operation: Operation, query: Query): AsyncIterable<readonly Match[]> {
  return streamingAgain(
    operation,
    () => planRead(operation, query),
    (plan) => readMatches(operation, plan),
  )
}

async function* readMatches(operation: Operation, plan: FindPlan): AsyncGenerator<readonly Match[]> {
  const { eventual = false } = plan
  for await (const batch of readForWriting(operation, plan))
    yield batch.map((match) => ({ ...match, eventual, attempts: 0 }))
}

/** Writes the matches as they are read, some at a time; a stop half-way says which were written. */
async function writeAll(operation: Operation, request: WriteRequest, look: Look): Promise<WriteOutcome> {
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
      const next = await nextOf(operation, request, match)
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

/** Writes a match as it is now, whatever it was when it was found. */
async function writeMatch(operation: Operation, request: WriteRequest, match: Match): Promise<Attempt> {
  const { store, collection, call } = operation
  const isBehind = movedBehind(request, match)
  let current = match
  for (;;) {
    throwIfEnded(operation)
    const after = await nextOf(operation, request, current)
    const written: Written = { kind: "written", before: current.document, after }
    let { attempts } = current
    if (after === current.document) {
      // Nothing to write, so no condition tells whether it is still what it was found as.
      if (!current.eventual) return written
    } else {
      if (await store.replaceIf(collection.info, current, after, call)) return written
      if (attempts === maxAttempts) throw conflict(operation)
      await pause(attempts++)
    }
    const again = await readAgain(operation, request, idOf(match))
    if (again === undefined) return { kind: "no match" }
    current = { ...again, eventual: false, attempts }
    if (isBehind(current)) return { kind: "moved", match: current }
  }
}

/** Whether a document now comes later in the order asked for than it did as it was found. */
function movedBehind({ sort }: WriteRequest, found: Match): (now: Match) => boolean {
  if (sort === undefined) return () => false
  const order = compareDocuments(sort)
  return (now) => order(now.document, found.document) > 0
}

/** What cannot be done to an older image may well be done to the document: then nothing is, and it is looked at again. */
async function nextOf(
  operation: Operation,
  request: WriteRequest,
  { document, eventual }: Match,
): Promise<Document | undefined> {
  try {
    return await nextDocument(operation, request, document)
  } catch (error) {
    if (eventual) return document
    throw error
  }
}

/** By its id and strongly, whatever the match was found by. */
async function readAgain(
  operation: Operation,
  { filter }: WriteRequest,
  id: string,
): Promise<ReadDocument | undefined> {
  const query = queryOf(and([compare("eq", idPath, id), filter]), { consistency: "strong" })
  for await (const [match] of findMatches(operation, query)) {
    if (match !== undefined) return match
  }
  return undefined
}

function idOf({ document }: ReadDocument): string {
  return document["_id"] as string
}

function conflict({ name, context }: Operation): NoSQLError {
  return new NoSQLError("conflict", `${name}: other writers kept changing the document`, {
    operation: name,
    collection: context.collection ?? "",
    backend: context.backend ?? "",
    retryable: true,
  })
}
