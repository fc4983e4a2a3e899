import { queryOf } from "../ast/query.ts"
import type { WriteOutcome, WriteRequest } from "../driver/plan.ts"
import { compareDocuments } from "../evaluate/sort-documents.ts"
import { findMatches, idOf, type Look, type Match } from "./find-matches.ts"
import type { Operation } from "./operation.ts"
import { type Written, writeMatch } from "./write-match.ts"

/** Writes one match: the first in the order asked for, as the documents are now. */
export async function writeFirst(
  operation: Operation,
  request: WriteRequest,
  look: Look,
): Promise<WriteOutcome> {
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
