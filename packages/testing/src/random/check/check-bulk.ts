import { assertNever, type Document } from "@nosql/contracts"
import type { BulkOperation, BulkWrite } from "../arbitraries/bulks.ts"
import type { Change } from "../arbitraries/writes.ts"
import { documentAsStored } from "../reference/as-stored.ts"
import { matches, type PlainFilter } from "../reference/matches.ts"
import { refuseConflicts } from "../reference/update-paths.ts"
import type { Answer } from "./answer.ts"
import { changes, checkWhole, withOutcomes } from "./check-many.ts"
import { checkPath, checkRefused, unexpected } from "./check-refused.ts"
import { Difference } from "./difference.ts"
import { changed, type Outcome, outcomeOf, refusedPaths } from "./outcome.ts"
import { type State, sameState } from "./state.ts"

/** How far a bulk comes: what is stored when it ends, and what ends it. */
interface Course {
  readonly state: State
  readonly counts: Counts
  /** The operation that fails, and what it may have changed of several documents. */
  readonly stop?: {
    readonly code: string
    readonly matched: readonly Document[]
    readonly outcomes: readonly Outcome[]
  }
  /** Operations that were done. */
  readonly done: number
}

interface Counts {
  readonly inserted: number
  readonly matched: number
  readonly modified: number
  readonly deleted: number
}

type Step = { readonly insert: Document } | { readonly filter: PlainFilter; readonly change: Change }

/** What a bulk comes to. Throws what is outside the promise, before anything is sent. */
export function courseOf(before: State, { operations }: BulkWrite, bigintFields: readonly string[]): Course {
  let course: Course = {
    state: before,
    counts: { inserted: 0, matched: 0, modified: 0, deleted: 0 },
    done: 0,
  }
  for (const operation of operations) {
    course = next(course, stepOf(operation), bigintFields)
    if (course.stop !== undefined) return course
  }
  return course
}

function stepOf(operation: BulkOperation): Step {
  if ("insertOne" in operation) return { insert: operation.insertOne.document }
  if ("updateOne" in operation) return updateStep(operation.updateOne)
  if ("updateMany" in operation) return updateStep(operation.updateMany)
  if ("replaceOne" in operation) {
    const { filter, replacement } = operation.replaceOne
    return { filter, change: { kind: "replace", replacement } }
  }
  if ("deleteOne" in operation) return { filter: operation.deleteOne.filter, change: { kind: "delete" } }
  if ("deleteMany" in operation) return { filter: operation.deleteMany.filter, change: { kind: "delete" } }
  return assertNever(operation)
}

function updateStep({
  filter,
  update,
}: {
  filter: PlainFilter
  update: (Change & { kind: "update" })["update"]
}): Step {
  return { filter, change: { kind: "update", update } }
}

function next({ state, counts, done }: Course, step: Step, bigintFields: readonly string[]): Course {
  if ("insert" in step) {
    const id = step.insert["_id"] as string
    if (state.has(id))
      return { state, counts, done, stop: { code: "already-exists", matched: [], outcomes: [] } }
    return {
      state: new Map(state).set(id, documentAsStored(step.insert, bigintFields)),
      counts: { ...counts, inserted: counts.inserted + 1 },
      done: done + 1,
    }
  }
  const matched = [...state.values()].filter((document) => matches(document, step.filter))
  const outcomes = matched.map((document) => changed(document, step.change, bigintFields))
  if (refusedPaths(outcomes).length > 0)
    return { state, counts, done, stop: { code: "invalid-argument", matched, outcomes } }
  const after = withOutcomes(state, matched, outcomes)
  const isDelete = step.change.kind === "delete"
  return {
    state: after,
    done: done + 1,
    counts: {
      ...counts,
      deleted: counts.deleted + (isDelete ? matched.length : 0),
      matched: counts.matched + (isDelete ? 0 : matched.length),
      modified: counts.modified + (isDelete ? 0 : changes(matched, outcomes)),
    },
  }
}

/** "Ordered stops at the first failure"; what is wrong in itself is refused before the first is sent. */
export function checkBulk(answer: Answer, before: State, { operations }: BulkWrite, course: Course): void {
  const wrong = outcomeOf(() => refusedAnyway(operations))
  if (wrong.kind === "refused") {
    checkRefused(answer, before)
    return
  }
  const { error, state } = answer
  const { stop, done } = course
  if (stop === undefined) {
    if (error !== undefined) throw unexpected(error)
    if (!sameState(course.state, state))
      throw new Difference("the collection holds other documents", {
        expected: [...course.state.values()],
        answered: [...state.values()],
      })
    checkBulkCounts(answer.result as unknown as Counts, course.counts)
    return
  }
  if (error?.code !== stop.code)
    throw new Difference(`expected ${stop.code}, not ${error?.code ?? "a result"}`)
  if (stop.outcomes.length > 0) checkPath(error, refusedPaths(stop.outcomes))
  checkWhole(state, course.state, stop.matched, stop.outcomes)
  const told = error.details as {
    readonly done?: unknown
    readonly failed?: unknown
    readonly notTried?: unknown
  }
  const all = operations.map((_, i) => i)
  const expected = { done: all.slice(0, done), failed: [done], notTried: all.slice(done + 1) }
  if (JSON.stringify([told.done, told.failed, told.notTried]) !== JSON.stringify(Object.values(expected)))
    throw new Difference("the details tell another course", { expected, answered: told })
}

function refusedAnyway(operations: readonly BulkOperation[]): undefined {
  for (const operation of operations) {
    const step = stepOf(operation)
    if ("change" in step && step.change.kind === "update") refuseConflicts(step.change.update)
  }
  return undefined
}

function checkBulkCounts(found: Counts, expected: Counts): void {
  const { inserted, matched, modified, deleted } = found
  const right = inserted === expected.inserted && matched === expected.matched && deleted === expected.deleted
  if (!right || modified < expected.modified || modified > matched)
    throw new Difference("the result counts otherwise", { expected, answered: found })
}
