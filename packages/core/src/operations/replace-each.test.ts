import { type Document, NoSQLError } from "@nosql/contracts"
import { describe, expect, test } from "vitest"
import { nothingRemains, scriptedDriver } from "../../test/scripted-driver.ts"
import type { DriverStore, Query, Replacement, ReplacementOutcome } from "../driver.ts"
import { compileFilter } from "../evaluate/compile-filter.ts"
import { connect } from "../store/connect.ts"

/** What the store answers for the documents handed over together, and how often it was asked for each of them singly. */
interface Script {
  readonly together: (replacements: readonly Replacement[]) => readonly ReplacementOutcome[]
  readonly pages?: number
  readonly eventual?: boolean
}

/** A store of documents that writes singly as asked, and together as the script says. */
function scripted(documents: readonly Document[], { together, pages = 1, eventual = false }: Script) {
  const held = new Map(documents.map((document) => [String(document["_id"]), document]))
  const calls: string[] = []
  const write = (read: Document, next: Document | undefined) => {
    const id = String(read["_id"])
    if (held.get(id) !== read) return false
    if (next === undefined) held.delete(id)
    else held.set(id, next)
    return true
  }
  const store: Partial<DriverStore> = {
    planFind: (_, query: Query) => ({ ...nothingRemains, native: query, eventual }),
    async *runFind(_, { native }) {
      const found = [...held.values()].filter(compileFilter((native as Query).filter))
      const size = Math.ceil(found.length / pages)
      for (let i = 0; i < found.length; i += size) {
        const batch = found.slice(i, i + size)
        yield { documents: batch, revisions: batch }
      }
    },
    planWrite: () => undefined,
    async replaceIf(_, { document }, next) {
      calls.push(String(document["_id"]))
      return write(document, next)
    },
    async replaceEach(_, replacements) {
      calls.push(replacements.map(({ read }) => read.document["_id"]).join("+"))
      const outcomes = together(replacements)
      for (const [i, { read, next }] of replacements.entries())
        if (outcomes[i] === true) write(read.document, next)
      return outcomes
    },
  }
  return {
    held,
    calls,
    open: () => connect(scriptedDriver(store)).then((opened) => opened.collection<Document>("things")),
  }
}

const things = (...numbers: readonly unknown[]) =>
  numbers.map((n, i) => ({ _id: "abcdefgh"[i], n }) as Document)
const all = (replacements: readonly Replacement[]) => replacements.map(() => true as const)
const numbers = ({ held }: ReturnType<typeof scripted>) => [...held.values()].map(({ n }) => n)

describe("many documents written together", () => {
  test("one call for those of one batch, and nothing singly", async () => {
    const target = scripted(things(1, 2, 3, 4), { together: all, pages: 2 })
    const updated = await (await target.open()).updateMany({}, { $inc: { n: 10 } })
    expect(updated).toMatchObject({ matched: 4, modified: 4 })
    expect(target.calls).toEqual(["a+b", "c+d"])
    expect(numbers(target)).toEqual([11, 12, 13, 14])
  })

  test("what an update leaves as it is, is matched and not sent", async () => {
    const target = scripted(things(1, 5, 1), { together: all })
    expect(await (await target.open()).updateMany({}, { $max: { n: 3 } })).toMatchObject({
      matched: 3,
      modified: 2,
    })
    expect(target.calls).toEqual(["a+c"])
    const same = scripted(things(5, 5), { together: all })
    expect(await (await same.open()).updateMany({}, { $max: { n: 3 } })).toMatchObject({
      matched: 2,
      modified: 0,
    })
    expect(same.calls).toEqual([])
  })

  test("removals have no next", async () => {
    const seen: unknown[] = []
    const target = scripted(things(1, 2), {
      together: (replacements) => {
        seen.push(...replacements.map(({ next }) => next))
        return all(replacements)
      },
    })
    expect(await (await target.open()).deleteMany({})).toMatchObject({ deleted: 2 })
    expect(seen).toEqual([undefined, undefined])
    expect(target.held.size).toBe(0)
  })

  test("a single one is written singly", async () => {
    const target = scripted(things(1), { together: all })
    await (await target.open()).updateMany({}, { $inc: { n: 1 } })
    expect(target.calls).toEqual(["a"])
  })

  test("what was found late may be older than it is: read again, and written singly", async () => {
    const target = scripted(things(1, 2), { together: all, eventual: true })
    expect(await (await target.open()).updateMany({}, { $inc: { n: 1 } })).toMatchObject({ modified: 2 })
    expect(target.calls).toEqual(["a", "b"])
  })

  test("what is no longer as it was read, and what was not tried, is written singly", async () => {
    const target = scripted(things(1, 2, 3, 4), { together: () => [true, false, undefined, true] })
    expect(await (await target.open()).updateMany({}, { $inc: { n: 1 } })).toMatchObject({
      matched: 4,
      modified: 4,
    })
    expect(target.calls).toEqual(["a+b+c+d", "b", "c"])
    expect(numbers(target)).toEqual([2, 3, 4, 5])
  })

  test("another's change on the way is kept: the document is read again, and left where it matches no more", async () => {
    const target = scripted(things(1, 2), {
      together: () => {
        target.held.set("a", { _id: "a", n: 7 })
        target.held.set("b", { _id: "b", n: 1000 })
        return [false, false]
      },
    })
    const things100 = await target.open()
    expect(await things100.updateMany({ n: { $lt: 100 } }, { $inc: { n: 1 } })).toMatchObject({
      matched: 1,
      modified: 1,
    })
    expect(numbers(target)).toEqual([8, 1000])
  })

  test("an error says what was written, what failed and what was not tried; nothing else is begun", async () => {
    const full = new NoSQLError("resource-exhausted", "updateMany: full", {
      operation: "updateMany",
      backend: "scripted",
    })
    const target = scripted(things(1, 2, 3, 4), {
      together: () => [true, { error: full }, undefined, false],
      pages: 1,
    })
    const error = await failureOf(target.open().then((open) => open.updateMany({}, { $inc: { n: 1 } })))
    expect(error).toMatchObject({
      code: "resource-exhausted",
      details: { done: ["a"], failed: ["b"], unknown: [], notTried: ["c", "d"] },
    })
    expect(target.calls).toEqual(["a+b+c+d"])
    expect(numbers(target)).toEqual([2, 2, 3, 4])
  })

  test("a lost answer is unknown, not failed", async () => {
    const lost = new NoSQLError("unavailable", "updateMany: gone", {
      operation: "updateMany",
      backend: "scripted",
      details: { unknown: true },
    })
    const target = scripted(things(1, 2), { together: () => [{ error: lost }, { error: lost }] })
    expect(await failureOf(target.open().then((open) => open.deleteMany({})))).toMatchObject({
      code: "unavailable",
      details: { done: [], failed: [], unknown: ["a", "b"], notTried: [] },
    })
  })

  test("a document that the update cannot be applied to ends it: those before it are written, those behind are not tried", async () => {
    const target = scripted(things(1, 2, "x", 4), { together: all })
    const error = await failureOf(target.open().then((open) => open.updateMany({}, { $inc: { n: 1 } })))
    expect(error).toMatchObject({
      code: "invalid-argument",
      path: "n",
      details: { done: ["a", "b"], failed: ["c"], notTried: ["d"] },
    })
    expect(target.calls).toEqual(["a+b"])
    expect(numbers(target)).toEqual([2, 3, "x", 4])
  })

  test("after an error no other page is written", async () => {
    const full = new NoSQLError("conflict", "updateMany: no", {
      operation: "updateMany",
      backend: "scripted",
    })
    const target = scripted(things(1, 2, 3, 4), { together: () => [true, { error: full }], pages: 2 })
    await failureOf(target.open().then((open) => open.updateMany({}, { $inc: { n: 1 } })))
    expect(target.calls).toEqual(["a+b"])
  })
})

async function failureOf(work: Promise<unknown>): Promise<NoSQLError> {
  try {
    await work
  } catch (error) {
    if (NoSQLError.isInstance(error)) return error
    throw error
  }
  throw new Error("nothing failed")
}
