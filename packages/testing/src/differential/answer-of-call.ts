import { type Document, NoSQLError } from "@nosql/contracts"
import type { RandomCall } from "../random/arbitraries/questions.ts"
import { callWrite } from "../random/check/call-write.ts"
import { same, sameSet } from "../random/check/same.ts"
import type { PlainCollection } from "../random/plain-collection.ts"

/** What a store answered: documents and numbers, or the code of its error. */
export type StoreAnswer =
  | { readonly values: unknown }
  | { readonly code: string; readonly path: string | undefined }

export async function answerOfCall(target: PlainCollection, call: RandomCall): Promise<StoreAnswer> {
  try {
    return { values: await valuesOf(target, call) }
  } catch (error) {
    if (!NoSQLError.isInstance(error)) throw error
    return { code: error.code, path: error.path }
  }
}

async function valuesOf(target: PlainCollection, call: RandomCall): Promise<unknown> {
  switch (call.call) {
    case "find":
      return target.find(call.filter, call.options).toArray()
    case "findOne":
      return target.findOne(call.filter, call.options)
    case "count":
      return target.count(call.filter)
    case "exists":
      return target.exists(call.filter)
    case "getMany":
      return target.getMany(call.ids)
    case "distinct":
      return target.distinct(call.path, call.filter)
    case "pages":
      return allPages(target, call)
    case "bulkWrite":
      await callWrite(target, call)
      return undefined // its counts leave room; what it left behind is compared
    default:
      return callWrite(target, call)
  }
}

async function allPages(
  target: PlainCollection,
  { filter, sort, size }: Extract<RandomCall, { call: "pages" }>,
): Promise<readonly Document[]> {
  const walked: Document[] = []
  let after: string | undefined
  do {
    const page = await target.page(filter, { size, sort, ...(after === undefined ? {} : { after }) })
    walked.push(...page.items)
    after = page.next
    if (walked.length > 100) break // no set of documents is as large: it goes in circles
  } while (after !== undefined)
  return walked
}

/** Whether two stores answered alike, as far as the language promises it. */
export function sameAnswer(call: RandomCall, a: StoreAnswer, b: StoreAnswer): boolean {
  if (!("values" in a) || !("values" in b)) return "code" in a && "code" in b && a.code === b.code
  const [left, right] = [a.values, b.values] as [never, never]
  switch (call.call) {
    case "find":
      return call.options.sort === undefined ? sameSet(left, right) : same(left, right)
    case "pages":
      return Object.keys(call.sort).length === 0 ? sameSet(left, right) : same(left, right)
    case "distinct":
      return sameSet(left, right) // the order of arrays and objects is by their canonical text
    case "one":
    case "many":
      return sameCounts(left, right)
    default:
      return same(left, right)
  }
}

interface Counts {
  readonly matched?: number
  readonly deleted?: number
  readonly upsertedId?: string
}

/** "Suites rely on `modified` only where content changes." */
function sameCounts(a: Counts, b: Counts): boolean {
  return a.matched === b.matched && a.deleted === b.deleted && a.upsertedId === b.upsertedId
}
