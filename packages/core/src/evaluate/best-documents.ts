import type { Document } from "@nosql/contracts"

interface Held {
  readonly document: Document
  /** When it came: of two that tie, the earlier one goes first, as in a stable sort. */
  readonly turn: number
}

/** The first documents of an order, found while they come; no others are held. */
interface BestDocuments {
  add(document: Document): void
  /** Those that are held, in the order. */
  sorted(): Document[]
}

/** Holds the `most` (one at least) first documents of an order: a heap with the last of them on top, which the next better one replaces. */
export function bestDocuments(compare: (a: Document, b: Document) => number, most: number): BestDocuments {
  const heap: Held[] = []
  let turns = 0
  const order = (a: Held, b: Held) => compare(a.document, b.document) || a.turn - b.turn
  return {
    add(document) {
      const held = { document, turn: turns++ }
      if (heap.length < most) rise(heap, held, order)
      else if (compare(document, (heap[0] as Held).document) < 0) sink(heap, held, order)
    },
    sorted: () => heap.toSorted(order).map(({ document }) => document),
  }
}

type Order = (a: Held, b: Held) => number

/** Adds one at the end and moves it up past all that it follows. */
function rise(heap: Held[], held: Held, order: Order): void {
  let at = heap.length
  while (at > 0) {
    const above = (at - 1) >> 1
    const parent = heap[above] as Held
    if (order(parent, held) >= 0) break
    heap[at] = parent
    at = above
  }
  heap[at] = held
}

/** Puts one in the place of the top and moves it down past all that follow it. */
function sink(heap: Held[], held: Held, order: Order): void {
  let at = 0
  for (;;) {
    let below = 2 * at + 1
    const [left, right] = [heap[below], heap[below + 1]]
    if (left === undefined) break
    if (right !== undefined && order(right, left) > 0) below++
    const child = heap[below] as Held
    if (order(child, held) <= 0) break
    heap[at] = child
    at = below
  }
  heap[at] = held
}
