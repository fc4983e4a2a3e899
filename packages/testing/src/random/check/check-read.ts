import { assertNever, type Document, type Value } from "@nosql/contracts"
import type { FindOptions, Read } from "../arbitraries/reads.ts"
import type { PlainCollection } from "../plain-collection.ts"
import { distinctValues } from "../reference/distinct-values.ts"
import { kindOf } from "../reference/kind-of.ts"
import { matches, type PlainFilter } from "../reference/matches.ts"
import { project } from "../reference/project.ts"
import { OutsideThePromise } from "../reference/promise.ts"
import { compareDocuments, type PlainSort, totalSort } from "../reference/sort-documents.ts"
import { Difference } from "./difference.ts"
import { same, sameSet } from "./same.ts"

/** Asks the store and the reference the same question; throws a `Difference`. */
export async function checkRead(
  target: PlainCollection,
  documents: readonly Document[],
  read: Read,
): Promise<void> {
  if (read.call === "getMany") {
    // "Same length and order, null where absent, duplicates kept."
    const expected = read.ids.map((id) => documents.find(({ _id }) => _id === id) ?? null)
    return checkSame(expected, await target.getMany(read.ids))
  }
  const matched = documents.filter((document) => matches(document, read.filter))
  switch (read.call) {
    case "find": {
      const expected = expectedWindow(matched, read.options)
      return checkFound(
        await target.find(read.filter, read.options).toArray(),
        expected,
        matched,
        read.options,
      )
    }
    case "findOne": {
      const expected = expectedWindow(matched, { ...read.options, limit: 1 })
      const found = await target.findOne(read.filter, read.options)
      return checkFound(found === null ? [] : [found], expected, matched, read.options)
    }
    case "count":
      return checkSame(matched.length, await target.count(read.filter))
    case "exists":
      return checkSame(matched.length > 0, await target.exists(read.filter))
    case "distinct": {
      const expected = distinctValues(matched, read.path)
      return checkDistinct(await target.distinct(read.path, read.filter), expected)
    }
    case "pages":
      return checkPages(target, read, matched)
    default:
      assertNever(read)
  }
}

function checkSame(expected: Value, answered: Value): void {
  if (!same(expected, answered)) throw new Difference("another answer", { expected, answered })
}

function expectedWindow(
  matched: readonly Document[],
  { sort, skip = 0, limit = matched.length }: FindOptions,
): Document[] {
  return (sort === undefined ? matched : matched.toSorted(compareDocuments(sort))).slice(skip, skip + limit)
}

/** The answer is one of those that ties in a sort, or no sort, leave open. */
function checkFound(
  found: readonly Document[],
  expected: readonly Document[],
  matched: readonly Document[],
  { sort, projection }: FindOptions,
): void {
  const seen = (document: Document) => (projection === undefined ? document : project(document, projection))
  if (found.length !== expected.length)
    throw new Difference(`found ${found.length} documents, not ${expected.length}`, {
      expected: expected.map(seen),
      answered: found,
    })
  const isTotal = sort !== undefined && Object.hasOwn(sort, "_id")
  if (projection?.["_id"] === 0 && !isTotal) {
    if (!sameSet(expected.map(seen), found))
      throw new Difference("found other documents", { expected: expected.map(seen), answered: found })
    return
  }
  const sources = new Set<Document>()
  found.forEach((document, i) => {
    const source = isTotal ? expected[i] : matched.find(({ _id }) => _id === document["_id"])
    if (source === undefined || sources.has(source) || !same(seen(source), document))
      throw new Difference(`place ${i} holds another document`, {
        expected: expected.map(seen),
        answered: found,
      })
    if (sort !== undefined && compareDocuments(sort)(source, expected[i] as Document) !== 0)
      throw new Difference(`place ${i} is not in the sort's order`, {
        expected: expected.map(seen),
        answered: found,
      })
    sources.add(source)
  })
}

const ordered: ReadonlySet<string> = new Set(["null", "number", "string", "boolean", "date"])

/** Binary, arrays and objects come last, each kind for itself. */
function checkDistinct(found: readonly unknown[], expected: readonly Value[]): void {
  const values = found as readonly Value[]
  const head = expected.filter((value) => ordered.has(kindOf(value)))
  const inOrder = head.every((value, i) => same(value, values[i]))
  const kindsInOrder = expected.every(
    (value, i) => values[i] !== undefined && kindOf(value) === kindOf(values[i] as Value),
  )
  if (!inOrder || !kindsInOrder || !sameSet(expected.slice(head.length), values.slice(head.length)))
    throw new Difference("other distinct values, or in another order", { expected, answered: found })
}

/** "Pages are total and stable": one after another they are the whole, each of its size but the last. */
async function checkPages(
  target: PlainCollection,
  { filter, sort, size }: Extract<Read, { call: "pages" }>,
  matched: readonly Document[],
): Promise<void> {
  // "Without a sort the order is the store's own."
  const unsorted = Object.keys(sort).length === 0
  const expected = unsorted ? matched : await inOrder(target, filter, totalSort(sort), matched)
  const walked: Document[] = []
  let after: string | undefined
  do {
    const page = await target.page(filter, {
      size,
      sort,
      ...(after === undefined ? {} : { after }),
    })
    walked.push(...page.items)
    after = page.next
    if (page.items.length !== size && (after !== undefined || page.items.length > size))
      throw new Difference("a page has another size")
    if (walked.length > matched.length) break
  } while (after !== undefined)
  if (!(unsorted ? sameSet(expected, walked) : same(expected, walked)))
    throw new Difference(
      `the pages are not the whole (${walked.length} documents for ${expected.length}), or in another order`,
      { expected, answered: walked },
    )
}

/** "Among different kinds the order is the store's own": then pages are what its own sorted find is. */
async function inOrder(
  target: PlainCollection,
  filter: PlainFilter,
  sort: PlainSort,
  matched: readonly Document[],
): Promise<readonly Document[]> {
  try {
    return matched.toSorted(compareDocuments(sort))
  } catch (error) {
    if (!(error instanceof OutsideThePromise)) throw error
  }
  const found = await target.find(filter, { sort }).toArray()
  if (!sameSet(matched, found))
    throw new Difference("found other documents", { expected: matched, answered: found })
  return found
}
