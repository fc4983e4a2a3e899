import { type CountPlan, conjuncts, equalityOn, type FilterNode, not, type Query } from "@nosql/core/driver"
import type { FirestoreCollection } from "./firestore-collection.ts"
import type { FirestoreCount, NativeQuery } from "./native-query.ts"
import { reachOf } from "./plan-query.ts"
import { selectFilters, servedOrder } from "./select-filters.ts"

/** More complements than this are not worth their counts: each doubles them. */
const maxComplements = 2

/**
 * A count by Firestore itself. A condition that finds what is missing too is counted by what it leaves out: all without those for which its complement
 * holds. Undefined where a condition can be asked in neither way; core reads the ids and counts.
 */
export function planCount(
  collection: FirestoreCollection,
  { filter }: Query,
): CountPlan<FirestoreCount> | undefined {
  if (filter.kind === "false" || equalityOn(filter, ["_id"]) !== undefined) return undefined
  const nodes = conjuncts(filter)
  const { left } = selectFilters(nodes, collection)
  const complements = left.map(({ node }) => (node.kind === "not" ? node.filter : not(node)))
  if (complements.length > maxComplements) return undefined
  const held = nodes.filter((node) => left.every((other) => other.node !== node))
  const terms = termsOf(held, complements).map(({ nodes: all, sign }) => ({
    sign,
    queries: exactQueries(all, collection),
  }))
  if (terms.some(({ queries }) => queries === undefined)) return undefined
  const of = (sign: 1 | -1) => terms.flatMap((term) => (term.sign === sign ? (term.queries ?? []) : []))
  const native = { plus: of(1), minus: of(-1) }
  const sort: Query["sort"] = []
  const reach = reachOf(collection, { filter, sort }, [...native.plus, ...native.minus])
  if (complements.length === 0) return { ...reach, native }
  const reasons = ["counted along the indexes: all, without those that the complement finds"]
  return {
    access: reach.access === "unknown" ? "unknown" : "index",
    native,
    reasons: [...reach.reasons, ...reasons],
  }
}

interface Term {
  readonly nodes: readonly FilterNode[]
  readonly sign: 1 | -1
}

/** |A without B| is |A| − |A and B|, and so on for each complement. */
function termsOf(held: readonly FilterNode[], complements: readonly FilterNode[]): readonly Term[] {
  return complements.reduce<readonly Term[]>(
    (terms, node) =>
      terms.flatMap((term) => [term, { nodes: [...term.nodes, node], sign: term.sign === 1 ? -1 : 1 }]),
    [{ nodes: held, sign: 1 }],
  )
}

/** The queries that find each match exactly once. */
function exactQueries(
  nodes: readonly FilterNode[],
  collection: FirestoreCollection,
): readonly NativeQuery[] | undefined {
  const { queries, disjoint, left } = selectFilters(nodes, collection)
  if (left.length > 0 || !disjoint) return undefined
  return queries.map((where) => ({ where, orderBy: servedOrder(where, collection) ?? [] }))
}
