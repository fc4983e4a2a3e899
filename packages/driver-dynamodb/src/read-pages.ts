import type { OutputOf } from "./commands.ts"
import type { PagesRead } from "./dynamo-read.ts"
import { type Found, firstOf, foundIn, type ReadContext, readOptions } from "./read-context.ts"
import type { Sent } from "./send.ts"
import type { Attributes } from "./value-codec.ts"

/** Pages that begin small grow by this factor, and past the last size go as far as DynamoDB's 1 MB. */
const growth = 4
const lastSize = 3000

interface PageRequest {
  readonly limit: number | undefined
  readonly start: Attributes | undefined
}

/**
 * Walks page by page: one may be empty and not the last, because DynamoDB counts and cuts before it filters. Where everything is wanted, the next page
 * is on its way while this one is used.
 */
export async function* readPages(read: PagesRead, context: ReadContext): AsyncGenerator<Found> {
  const { ExclusiveStartKey, Limit } = read.input
  let left = read.take ?? Number.POSITIVE_INFINITY
  let page: PageRequest | undefined = { limit: Limit, start: ExclusiveStartKey }
  let ahead: ReturnType<typeof ask> | undefined
  while (page !== undefined) {
    const answer: Sent<OutputOf<"Query">> = await (ahead ?? ask(read, page, context))
    const { Items = [], LastEvaluatedKey }: OutputOf<"Query"> = answer.output
    const { documents } = answer
    const count = documents?.length ?? Items.length
    left -= count
    page =
      LastEvaluatedKey === undefined || left <= 0 ? undefined : nextPage(read, page, LastEvaluatedKey, left)
    ahead = page !== undefined && Limit === undefined ? ask(read, page, context) : undefined
    // Nobody may come for it: then its failure is nobody's.
    ahead?.catch(() => {})
    if (count > 0) yield firstOf(foundIn(Items, documents, context), left < 0 ? count + left : count)
  }
}

function nextPage(
  { filtered }: PagesRead,
  { limit }: PageRequest,
  start: Attributes,
  left: number,
): PageRequest {
  if (limit === undefined) return { limit, start }
  if (!filtered) return { limit: Number.isFinite(left) ? left : limit, start }
  return { limit: limit > lastSize / growth ? undefined : limit * growth, start }
}

function ask(read: PagesRead, page: PageRequest, context: ReadContext): Promise<Sent<OutputOf<"Query">>> {
  const { requests, call } = context
  return requests.read(read.operation, pageInput(read, page), call, readOptions(context))
}

function pageInput({ input }: PagesRead, { limit, start }: PageRequest) {
  const { Limit: _, ExclusiveStartKey: __, ...rest } = input
  return {
    ...rest,
    ...(limit === undefined ? {} : { Limit: limit }),
    ...(start === undefined ? {} : { ExclusiveStartKey: start }),
  }
}

/** How many documents the pages hold, which do not come themselves. */
export async function countPages(read: PagesRead, context: ReadContext): Promise<number> {
  let count = 0
  let page: PageRequest | undefined = { limit: undefined, start: read.input.ExclusiveStartKey }
  while (page !== undefined) {
    const answer: Sent<OutputOf<"Query">> = await ask(read, page, context)
    const { Count = 0, LastEvaluatedKey }: OutputOf<"Query"> = answer.output
    count += Count
    page = LastEvaluatedKey === undefined ? undefined : { limit: undefined, start: LastEvaluatedKey }
  }
  return count
}
