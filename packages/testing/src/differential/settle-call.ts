import type { Document } from "@nosql/contracts"
import type { RandomCall } from "../random/arbitraries/questions.ts"
import type { FindOptions } from "../random/arbitraries/reads.ts"
import type { FilteredWrite } from "../random/arbitraries/writes.ts"
import { matches, type PlainFilter } from "../random/reference/matches.ts"
import { seedUpsert } from "../random/reference/seed-upsert.ts"
import { type PlainSort, totalSort } from "../random/reference/sort-documents.ts"

/** The same call with nothing left to the store's choice (ties, any of several matches, a new id), so that all stores must answer alike. */
export function settleCall(call: RandomCall, documents: readonly Document[], freeId: string): RandomCall {
  switch (call.call) {
    case "find":
      return { ...call, options: settleFind(call.options) }
    case "findOne":
      return { ...call, options: { ...call.options, sort: totalSort(call.options.sort ?? {}) } }
    case "one":
      return settleUpsert(settleOne(call, documents), freeId)
    case "many":
      return settleUpsert(call, freeId)
    case "findOneAnd": {
      const sort: PlainSort = totalSort(call.options.sort ?? {})
      return settleUpsert({ ...call, options: { ...call.options, sort } }, freeId)
    }
    default:
      return call
  }
}

/** Without a window the answer is a set, whatever its order. */
function settleFind(options: FindOptions): FindOptions {
  const windowed = options.skip !== undefined || options.limit !== undefined
  if (options.sort === undefined && !windowed) return options
  return { ...options, sort: totalSort(options.sort ?? {}) }
}

/** Of several matches the one with the least id. */
function settleOne(call: FilteredWrite, documents: readonly Document[]): FilteredWrite {
  const ids = documents.filter((document) => matches(document, call.filter)).map(({ _id }) => String(_id))
  const [first] = ids.toSorted()
  return ids.length < 2 ? call : { ...call, filter: { $and: [call.filter, { _id: first }] } as PlainFilter }
}

/** What an upsert inserts has an id that the call gives. */
function settleUpsert(call: FilteredWrite, freeId: string): FilteredWrite {
  if (!call.options.upsert || seedUpsert(call.filter)["_id"] !== undefined) return call
  return { ...call, filter: { ...call.filter, _id: freeId } as PlainFilter }
}
