import { type Document, NoSQLError } from "@nosql/contracts"
import type { Write } from "../arbitraries/writes.ts"
import type { PlainCollection, WriteResult } from "../plain-collection.ts"
import { applyUpdate } from "../reference/apply-update.ts"
import { documentAsStored } from "../reference/as-stored.ts"
import { matches } from "../reference/matches.ts"
import { seedUpsert } from "../reference/seed-upsert.ts"
import { refuseConflicts } from "../reference/update-paths.ts"
import { Difference } from "./difference.ts"
import { type Outcome, outcomeOf } from "./outcome.ts"
import { same, sameCollection } from "./same.ts"

/** The documents of a collection by id. */
export type State = ReadonlyMap<string, Document>

/** What a write answered, and what is stored after it. */
interface Answer {
  readonly result?: WriteResult
  readonly error?: NoSQLError
  readonly state: State
}

/** Runs a write on the store, compares the whole collection with what the reference allows, and returns it; throws a `Difference`. */
export async function checkWrite(target: PlainCollection, before: State, write: Write): Promise<State> {
  const matched = [...before.values()].filter((document) => matches(document, write.filter))
  const outcomes = matched.map((document) => outcomeOf(() => changed(document, write)))
  const inserted = matched.length === 0 && isUpsert(write) ? outcomeOf(() => insertedBy(write)) : undefined
  const answer = await run(target, write)
  const conflict = outcomeOf(() => refusedAnyway(write))
  const many = write.call === "updateMany" || write.call === "deleteMany"
  if (conflict.kind === "refused") checkRefused(answer, before)
  else if (inserted?.kind === "refused") checkRefused(answer, before, inserted.paths)
  else if (inserted !== undefined) checkInserted(answer, before, inserted.document as Document)
  else if (!many && answer.error !== undefined) checkRefused(answer, before, refusedPaths(outcomes))
  else if (!many) checkOne(answer, before, matched, outcomes)
  else if (refusedPaths(outcomes).length === 0) checkMany(answer, before, matched, outcomes)
  else checkStopped(answer, before, matched, outcomes)
  return answer.state
}

function isUpsert(write: Write): boolean {
  return "options" in write && write.options.upsert === true
}

function changed(document: Document, write: Write): Document | undefined {
  if (write.call === "updateOne" || write.call === "updateMany") return applyUpdate(document, write.update)
  if (write.call === "replaceOne")
    return documentAsStored({ _id: document["_id"] as string, ...write.replacement })
  return undefined
}

function insertedBy(write: Write): Document {
  const seed = seedUpsert(write.filter)
  if (write.call !== "replaceOne")
    return "update" in write ? applyUpdate(seed, write.update, { isInsert: true }) : seed
  // "Replace-upsert takes only `_id`."
  const { _id } = seed
  return documentAsStored({ ...(_id === undefined ? {} : { _id }), ...write.replacement })
}

/** An update that is wrong in itself is refused whatever it finds. */
function refusedAnyway(write: Write): undefined {
  if ("update" in write) refuseConflicts(write.update)
  return undefined
}

async function run(target: PlainCollection, write: Write): Promise<Answer> {
  try {
    const result = await call(target, write)
    return { result, state: await readAll(target) }
  } catch (error) {
    if (!NoSQLError.isInstance(error)) throw error
    return { error, state: await readAll(target) }
  }
}

function call(target: PlainCollection, write: Write): Promise<WriteResult> {
  switch (write.call) {
    case "updateOne":
    case "updateMany":
      return target[write.call](write.filter, write.update, write.options)
    case "replaceOne":
      return target.replaceOne(write.filter, write.replacement, write.options)
    default:
      return target[write.call](write.filter)
  }
}

export async function readAll(target: PlainCollection): Promise<State> {
  const documents = await target.find({}).toArray()
  return new Map(documents.map((document) => [document["_id"] as string, document]))
}

/** Nothing is written, and the error says why; `paths` are those that it may name. */
function checkRefused({ error, state }: Answer, before: State, paths?: readonly string[]): void {
  if (error === undefined) throw new Difference("the store did not refuse")
  if (error.code !== "invalid-argument" || paths?.length === 0)
    throw new Difference(`failed with ${error.code}: ${error.message}`)
  if (paths !== undefined) checkPath(error, paths)
  if (!sameCollection(before, state)) throw new Difference("the store refused, and wrote")
}

function checkPath({ path, message }: NoSQLError, paths: readonly string[]): void {
  if (path !== undefined && paths.includes(path)) return
  throw new Difference(`refused at "${path}", not at "${paths}": ${message}`)
}

function refusedPaths(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap((outcome) => (outcome.kind === "refused" ? outcome.paths : []))
}

function checkInserted({ error, result, state }: Answer, before: State, document: Document): void {
  if (before.has(document["_id"] as string)) {
    // The id is there, but its document does not match the filter.
    if (error?.code !== "already-exists")
      throw new Difference(`expected already-exists, not ${error?.code ?? "a result"}`)
    if (!sameCollection(before, state)) throw new Difference("the store refused, and wrote")
    return
  }
  if (error !== undefined) throw new Difference(`failed with ${error.code}: ${error.message}`)
  const id = result?.upsertedId
  if (typeof id !== "string" || result?.matched !== 0) throw new Difference("the result tells no upsert")
  const after = new Map(before).set(id, { _id: id, ...document })
  if (!sameCollection(after, state))
    throw new Difference("the upsert inserted another document", {
      expected: document,
      answered: state.get(id),
    })
}

function checkOne(
  { result, state }: Answer,
  before: State,
  matched: readonly Document[],
  outcomes: readonly Outcome[],
): void {
  if (matched.length === 0) {
    checkCounts(result, 0, 0)
    if (!sameCollection(before, state)) throw new Difference("the store wrote, although nothing matches")
    return
  }
  // Any of the matches may have been taken.
  const taken = outcomes.findIndex(
    (outcome, i) =>
      outcome.kind === "becomes" &&
      sameCollection(withOutcome(before, matched[i] as Document, outcome), state),
  )
  if (taken === -1)
    throw new Difference("the collection holds what no match would have become", {
      expected: outcomes,
      answered: [...state.values()],
    })
  checkCounts(result, 1, isChanged(matched[taken] as Document, outcomes[taken] as Outcome) ? 1 : 0)
}

function checkMany(
  { error, result, state }: Answer,
  before: State,
  matched: readonly Document[],
  outcomes: readonly Outcome[],
): void {
  if (error !== undefined) throw new Difference(`failed with ${error.code}: ${error.message}`)
  const after = outcomes.reduce<State>(
    (all, outcome, i) => withOutcome(all, matched[i] as Document, outcome),
    before,
  )
  if (!sameCollection(after, state))
    throw new Difference("the collection holds other documents", {
      expected: [...after.values()],
      answered: [...state.values()],
    })
  const changes = outcomes.filter((outcome, i) => isChanged(matched[i] as Document, outcome)).length
  checkCounts(result, matched.length, changes)
}

/** A write of several that one of them refused. */
function checkStopped(
  { error, state }: Answer,
  before: State,
  matched: readonly Document[],
  outcomes: readonly Outcome[],
): void {
  if (error?.code !== "invalid-argument")
    throw new Difference(`expected invalid-argument, not ${error?.code ?? "a result"}`)
  const paths = refusedPaths(outcomes)
  checkPath(error, paths)
  // "Suites assert the code and that no document is half-changed."
  const possible = [...before].map(([id, document]): readonly (Document | undefined)[] => {
    const i = matched.findIndex(({ _id }) => _id === id)
    const outcome = outcomes[i]
    return outcome?.kind === "becomes" ? [document, outcome.document] : [document]
  })
  const isWhole = possible.every((images, i) => {
    const now = state.get([...before.keys()][i] as string)
    return images.some((image) => same(image, now))
  })
  if (!isWhole || state.size > before.size) throw new Difference("a document is half-changed")
}

function withOutcome(state: State, { _id }: Document, outcome: Outcome): State {
  const next = new Map(state)
  if (outcome.kind === "refused") return next
  if (outcome.document === undefined) next.delete(_id as string)
  else next.set(_id as string, outcome.document)
  return next
}

function isChanged(document: Document, outcome: Outcome): boolean {
  return outcome.kind === "becomes" && !same(outcome.document, document)
}

/** "Suites rely on `modified` only where content changes." */
function checkCounts(result: WriteResult | undefined, matched: number, changes: number): void {
  const found = result?.matched ?? result?.deleted
  if (found !== matched) throw new Difference(`matched ${found}, not ${matched}`)
  const modified = result?.modified ?? found
  if (modified < changes || modified > matched)
    throw new Difference(`modified ${modified}; ${changes} changed of ${matched}`)
}
