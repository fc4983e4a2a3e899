import { type Document, NoSQLError } from "@nosql/contracts"
import { and, compare } from "../ast/filter.ts"
import { idPath } from "../ast/path.ts"
import { queryOf } from "../ast/query.ts"
import type { ReadDocument } from "../driver/driver.ts"
import type { WriteRequest } from "../driver/plan.ts"
import { compareDocuments } from "../evaluate/sort-documents.ts"
import { findMatches, idOf, type Match } from "./find-matches.ts"
import { firstOf } from "./first-of.ts"
import { nextDocument } from "./next-document.ts"
import { type Operation, throwIfEnded } from "./operation.ts"
import { pause } from "./pause.ts"

/** What became of one match. */
export type Attempt = Written | Moved | NoMatch

/** What a conditional write did to one document. */
export interface Written {
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

/** Writes a match as it is now, whatever it was when it was found. */
export async function writeMatch(
  operation: Operation,
  request: WriteRequest,
  match: Match,
): Promise<Attempt> {
  const { store, collection, call } = operation
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
    if (isBehind(current, match, request)) return { kind: "moved", match: current }
  }
}

/** Whether a document now comes later in the order asked for than it did as it was found. */
function isBehind(now: Match, found: Match, { sort = [] }: WriteRequest): boolean {
  return compareDocuments(sort)(now.document, found.document) > 0
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
function readAgain(
  operation: Operation,
  { filter }: WriteRequest,
  id: string,
): Promise<ReadDocument | undefined> {
  const query = queryOf(and([compare("eq", idPath, id), filter]), { consistency: "strong" })
  return firstOf(findMatches(operation, query))
}

function conflict({ name, context }: Operation): NoSQLError {
  return new NoSQLError("conflict", `${name}: other writers kept changing the document`, {
    operation: name,
    collection: context.collection ?? "",
    backend: context.backend ?? "",
    retryable: true,
  })
}
