import { type FilterNode, formatPath, type SortKey, samePath } from "@nosql/core/driver"
import { belowPrefix } from "./below-prefix.ts"
import { compileFilter } from "./compile-filter.ts"
import { declaredComposites, indexNeeds, isServed, printNeeds } from "./composite-index.ts"
import { conditionsOf } from "./dnf.ts"
import type { FirestoreCollection } from "./firestore-collection.ts"
import { inequalityPaths, isInequality, nativeProblem } from "./native-limits.ts"
import { type NativeFilter, type Where, where } from "./native-query.ts"

/** What of a filter goes to the store, and in how many queries. */
export interface Selection {
  /** The conditions of each query; no query at all where nothing can match. */
  readonly queries: readonly (readonly NativeFilter[])[]
  /** No document is found by two of them. */
  readonly disjoint: boolean
  /** What core finishes, and why. */
  readonly left: readonly LeftFilter[]
}

interface LeftFilter {
  readonly node: FilterNode
  readonly reason: string
}

/** More queries than this for one read are worse than reading what the other conditions find. */
const maxQueries = 50

/**
 * Chooses among conditions that all hold: what finds most closely comes first, and what Firestore would refuse beside the others, or has no declared index for,
 * is left to core or makes several queries of one.
 */
export function selectFilters(nodes: readonly FilterNode[], collection: FirestoreCollection): Selection {
  let queries: readonly (readonly NativeFilter[])[] = [belowPrefix(collection)]
  let disjoint = true
  const left: LeftFilter[] = []
  const compiled = nodes.map((node) => ({ node, ...compileFilter(node, collection) }))
  if (compiled.some(({ filter }) => filter.kind === "none")) return { queries: [], disjoint, left }
  for (const part of [...compiled].sort((a, b) => rank(a) - rank(b))) {
    const { node, filter, exact } = part
    const reason = "reason" in part ? part.reason : undefined
    if (filter.kind === "none") continue
    if (filter.kind === "all") {
      if (reason !== undefined) left.push({ node, reason })
      continue
    }
    const why = queries.map((query) => problem([...query, filter], collection, exact)).find(isText)
    if (why === undefined) {
      queries = queries.map((query) => [...query, filter])
      if (reason !== undefined) left.push({ node, reason })
      continue
    }
    const split = splitQueries(queries, filter, collection, exact)
    if (split === undefined) {
      left.push({ node, reason: reason ?? why })
      continue
    }
    queries = split
    disjoint &&= isMembership(filter)
    if (reason !== undefined) left.push({ node, reason })
  }
  return { queries, disjoint, left }
}

/** Equalities are free: they merge. Elements and ranges come next; what finds nearly everything comes last. */
function rank({ filter, exact }: { filter: { kind: string }; exact: boolean }): number {
  const own = filter as NativeFilter
  const conditions = filter.kind === "all" ? [] : conditionsOf([own])
  const worst = Math.max(0, ...conditions.map(({ operator }) => ranks[operator]))
  return worst + (own.kind === "or" ? 1 : 0) + (exact ? 0 : 10)
}

const ranks = {
  "==": 0,
  in: 1,
  "array-contains": 2,
  "array-contains-any": 3,
  "<": 5,
  "<=": 5,
  ">": 5,
  ">=": 5,
  "!=": 7,
  "not-in": 8,
} as const satisfies Record<Where["operator"], number>

function isText(text: string | undefined): text is string {
  return text !== undefined
}

/** Why a query does not take these filters. Where indexes are unknown, an exact one is sent all the same: the server knows. */
function problem(
  filters: readonly NativeFilter[],
  collection: FirestoreCollection,
  exact: boolean,
): string | undefined {
  const limit = nativeProblem(filters, collection)
  if (limit !== undefined || (exact && !collection.declared)) return limit
  return servedOrder(filters, collection) === undefined ? missingIndex(filters, collection) : undefined
}

function missingIndex(filters: readonly NativeFilter[], collection: FirestoreCollection): string {
  const needed = printNeeds(indexNeeds({ where: filters, orderBy: [] }, collection), collection)
  return `no declared index serves all conditions together; declare ${needed}`
}

/** An order in which the declared indexes serve filters that ask for none; undefined where they do in no order. */
export function servedOrder(
  filters: readonly NativeFilter[],
  collection: FirestoreCollection,
): readonly SortKey[] | undefined {
  const declared = declaredComposites(collection)
  const ranges = inequalityPaths(filters)
  const endings = declared
    .map((index) => index.slice(index.length - ranges.length))
    .filter((ending) => ranges.every((path) => ending.some((field) => samePath(field.path, path))))
    .map((ending) =>
      ending.flatMap(({ path, mode }) => (mode === "contains" ? [] : [{ path, direction: mode }])),
    )
  const orders: readonly (readonly SortKey[])[] = ranges.length === 0 ? [[]] : [[], ...endings]
  return orders.find((orderBy) =>
    indexNeeds({ where: filters, orderBy }, collection).every((need) => isServed(need, declared)),
  )
}

/** Makes several queries of each, so that each takes a part of the alternatives. */
function splitQueries(
  queries: readonly (readonly NativeFilter[])[],
  filter: NativeFilter,
  collection: FirestoreCollection,
  exact: boolean,
): readonly (readonly NativeFilter[])[] | undefined {
  const arms = armsOf(filter)
  if (arms.length < 2) return undefined
  const made: (readonly NativeFilter[])[] = []
  for (const query of queries) {
    let group: NativeFilter[] = []
    for (const arm of arms) {
      const wider = [...group, arm]
      if (problem([...query, joinArms(wider)], collection, exact) === undefined) {
        group = wider
        continue
      }
      if (group.length === 0) return undefined
      made.push([...query, joinArms(group)])
      if (made.length >= maxQueries) return undefined
      group = [arm]
      if (problem([...query, arm], collection, exact) !== undefined) return undefined
    }
    made.push([...query, joinArms(group)])
  }
  return made.length > maxQueries ? undefined : made
}

function armsOf(filter: NativeFilter): readonly NativeFilter[] {
  if (filter.kind === "or") return filter.filters.flatMap(armsOf)
  if (filter.kind === "where" && filter.operator === "in")
    return (filter.value as readonly Where["value"][]).map((value) => where(filter.path, "==", value))
  return [filter]
}

/** Equalities of one path become a list again. */
function joinArms(arms: readonly NativeFilter[]): NativeFilter {
  const lists = new Map<string, Where[]>()
  const others: NativeFilter[] = []
  for (const arm of arms) {
    if (arm.kind !== "where" || arm.operator !== "==" || arm.value === null) others.push(arm)
    else {
      const name = formatPath(arm.path)
      lists.set(name, [...(lists.get(name) ?? []), arm])
    }
  }
  const joined = [...lists.values()].map(([first, ...more]): NativeFilter => {
    const own = first as Where
    return more.length === 0
      ? own
      : where(
          own.path,
          "in",
          [own, ...more].map(({ value }) => value),
        )
  })
  const filters = [...joined, ...others]
  return filters.length === 1 ? (filters[0] as NativeFilter) : { kind: "or", filters }
}

/** Alternatives that exclude each other: values of one path. */
function isMembership(filter: NativeFilter): boolean {
  const arms = armsOf(filter)
  const [first] = arms
  return arms.every(
    (arm) =>
      arm.kind === "where" &&
      first?.kind === "where" &&
      arm.operator === "==" &&
      !isInequality(arm) &&
      samePath(arm.path, first.path),
  )
}
