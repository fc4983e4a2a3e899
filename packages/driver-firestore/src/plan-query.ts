import {
  and,
  chooseIndex,
  conjuncts,
  equalityOn,
  type FieldPath,
  type FilterNode,
  type FindPlan,
  fold,
  isIdPath,
  type Projection,
  type Query,
  type Reach,
  type Remaining,
} from "@nosql/core/driver"
import { withoutPrefix } from "./below-prefix.ts"
import {
  declaredComposites,
  indexNeeds,
  indexWord,
  isServed,
  orderOf,
  printNeeds,
} from "./composite-index.ts"
import type { FirestoreCollection } from "./firestore-collection.ts"
import { idProblemIn } from "./group-id.ts"
import type { FirestoreRead, NativeQuery } from "./native-query.ts"
import { maxPathBytes } from "./path-problem.ts"
import { planOrder } from "./plan-order.ts"
import { oneAnswer } from "./read-query.ts"
import { type Selection, selectFilters, servedOrder } from "./select-filters.ts"

/** The first page of a read that may need fewer documents than it finds. */
const pageSize = { least: 20, most: 300 }

export function planQuery(collection: FirestoreCollection, query: Query): FindPlan<FirestoreRead> {
  const { filter } = query
  if (filter.kind === "false") return unread("the filter matches nothing")
  if (equalityOn(filter, ["_id"]) !== undefined) return planGet(collection, query)
  const selection = selectFilters(conjuncts(filter), collection)
  if (selection.queries.length === 0) return unread("no document of Firestore can match the filter")
  return planSelected(collection, query, selection)
}

function unread(reason: string): FindPlan<FirestoreRead> {
  return { access: "key", reasons: [reason], native: { kind: "none" }, remaining: {} }
}

/** By name, whatever else is asked: core looks at the few documents. */
function planGet(collection: FirestoreCollection, { filter, ...query }: Query): FindPlan<FirestoreRead> {
  const node = equalityOn(filter, ["_id"])
  const values = node === undefined ? [] : node.kind === "in" ? node.values : [node.value]
  const ids = values.filter(
    (id): id is string => typeof id === "string" && idProblemIn(collection, id) === undefined,
  )
  const others = conjuncts(filter).filter((other) => other !== node)
  const [first] = ids
  if (first === undefined) return unread("no document can have the id")
  return {
    access: "key",
    reasons: ["_id is given"],
    native: { kind: "get", ids },
    remaining: {
      ...filterLeft(others),
      ...(query.after !== undefined || ids.length > 1 ? sortLeft(query) : {}),
      ...windowLeft(query),
      ...projectionLeft(query.projection),
    },
  }
}

function planSelected(
  collection: FirestoreCollection,
  query: Query,
  { queries, left }: Selection,
): FindPlan<FirestoreRead> {
  const order = planOrder(query.sort, query.after, queries, collection)
  const sorted = typeof order !== "string"
  const finished = left.length > 0 || !sorted
  // Several answers are merged by their sort keys, so these must come.
  const whole = finished || (queries.length > 1 && query.sort.length > 0)
  const ordered = queries.map((where): NativeQuery => {
    const unsorted = { orderBy: servedOrder(where, collection) ?? [] }
    return { where, ...(sorted && query.sort.length > 0 ? order : unsorted) }
  })
  const asked = whole ? undefined : selectOf(query.projection)
  const selected = asked === undefined ? undefined : [...asked, ...positionFields(asked, ordered, query)]
  const sent = selected === undefined ? ordered : ordered.map((native) => ({ ...native, select: selected }))
  const exact = !whole && isSelected(query.projection) && selected?.length === asked?.length
  const remaining: Remaining = {
    ...filterLeft(left.map(({ node }) => node)),
    ...(sorted ? {} : sortLeft(query)),
    ...(finished ? windowLeft(query) : {}),
    ...(exact ? {} : projectionLeft(query.projection)),
  }
  const native = finished ? readAll(sent, query, sorted) : readWindow(sent, query)
  const reach = reachOf(collection, query, sent)
  return {
    ...reach,
    native,
    remaining,
    reasons: [...reach.reasons, ...new Set(left.map(({ reason }) => reason)), ...(sorted ? [] : [order])],
  }
}

function readAll(queries: readonly NativeQuery[], query: Query, sorted: boolean): FirestoreRead {
  const [only] = queries
  if (queries.length > 1 || only === undefined)
    return {
      kind: "queries",
      queries,
      skip: 0,
      ...(sorted && query.sort.length > 0 ? { order: query.sort } : {}),
    }
  if (!sorted || query.limit === undefined) return { kind: "query", query: only }
  const wanted = query.skip + query.limit
  return {
    kind: "query",
    query: only,
    pageSize: Math.min(pageSize.most, Math.max(pageSize.least, Math.ceil(wanted * 1.25))),
  }
}

function readWindow(queries: readonly NativeQuery[], { sort, skip, limit }: Query): FirestoreRead {
  const [only] = queries
  if (queries.length === 1 && only !== undefined) {
    const offset = skip === 0 ? {} : { offset: skip }
    return { kind: "query", query: { ...only, ...offset, ...(limit === undefined ? {} : { limit }) } }
  }
  // Each may give all that is wanted; the window is cut out of what they make together.
  const each = limit === undefined ? {} : { limit: skip + limit }
  return {
    kind: "queries",
    queries: queries.map((query) => ({ ...query, ...each })),
    ...(sort.length === 0 ? {} : { order: sort }),
    skip,
    ...(limit === undefined ? {} : { limit }),
  }
}

function filterLeft(nodes: readonly FilterNode[]): Remaining {
  return nodes.length === 0 ? {} : { filter: fold(and(nodes)) }
}

/** Who sorts knows what comes behind a position. */
function sortLeft({ sort, after }: Omit<Query, "filter">): Remaining {
  if (sort.length === 0) return {}
  return after === undefined ? { sort } : { sort, after }
}

function windowLeft({ skip, limit }: Omit<Query, "filter">): Remaining {
  return {
    ...(skip === 0 ? {} : { skip }),
    ...(limit === undefined ? {} : { limit }),
  }
}

function projectionLeft(projection: Projection | undefined): Remaining {
  return projection === undefined ? {} : { projection }
}

/** Firestore cuts out top-level fields exactly; what lies deeper may be an array there, and is left to core. */
function selectOf(projection: Projection | undefined): readonly FieldPath[] | undefined {
  if (projection?.kind !== "include") return undefined
  const fields = new Set(projection.paths.map(([field = ""]) => field))
  // No document has a field of a longer name, and the server does not answer who asks for one.
  const storable = [...fields].filter((field) => Buffer.byteLength(field) <= maxPathBytes)
  return storable.map((field) => [field])
}

/** What is selected beside: a large answer comes in pages, and each goes on behind the keys of the last. Core cuts them off again. */
function positionFields(
  selected: readonly FieldPath[],
  queries: readonly NativeQuery[],
  { skip, limit }: Query,
): readonly FieldPath[] {
  if (limit !== undefined && skip + limit <= oneAnswer) return []
  const comes = new Set(selected.map(([field]) => field))
  const keys = queries
    .flatMap(orderOf)
    .flatMap(({ path: [field = ""], path }) => (isIdPath(path) || comes.has(field) ? [] : [field]))
  return [...new Set(keys)].map((field) => [field])
}

function isSelected(projection: Projection | undefined): boolean {
  if (projection === undefined) return true
  return projection.kind === "include" && projection.id && projection.paths.every((path) => path.length === 1)
}

/** How the queries reach their documents. */
export function reachOf(
  collection: FirestoreCollection,
  { filter, sort }: Pick<Query, "filter" | "sort">,
  sent: readonly NativeQuery[],
): Reach {
  const queries = sent.map((native) => ({ ...native, where: withoutPrefix(native.where, collection) }))
  const open = missingIndexes(collection, queries)
  if (open !== "" && !collection.declared) {
    const reason = `the query needs the ${indexWord(collection)} ${open}; whether it is there is not declared`
    return { access: "unknown", reasons: [reason] }
  }
  if (queries.every(({ where }) => where.length > 0)) {
    const byId = queries.every(({ where }) => where.some((own) => own.kind === "where" && isIdPath(own.path)))
    if (byId) return { access: "key", reasons: ["_id is in a range"] }
    return {
      access: "index",
      ...indexName(collection, filter, sort),
      reasons: [indexReason(collection, queries)],
    }
  }
  const ordered = queries.every(({ orderBy: [first] }) => first !== undefined && !isIdPath(first.path))
  if (ordered && filter.kind === "true")
    return {
      access: "index",
      ...indexName(collection, filter, sort),
      reasons: [indexReason(collection, queries)],
    }
  if (filter.kind === "true") return { access: "scan", reasons: ["everything is read"] }
  return { access: "scan", reasons: ["no condition can be asked of Firestore: everything is read"] }
}

function indexName(
  collection: FirestoreCollection,
  filter: FilterNode,
  sort: Query["sort"],
): Pick<Reach, "index"> {
  const use = chooseIndex(collection.indexes, filter, sort, { elements: true })
  return use === undefined ? {} : { index: use.index.name }
}

function indexReason(collection: FirestoreCollection, queries: readonly NativeQuery[]): string {
  const needs = queries.flatMap((query) => indexNeeds(query, collection))
  const many = queries.length > 1 ? `${queries.length} queries: ` : ""
  if (needs.length === 0) return `${many}the automatic single-field indexes serve the query`
  const declared = missingIndexes(collection, queries) === ""
  return `${many}the query needs the ${indexWord(collection)} ${printNeeds(needs, collection)}, which is ${declared ? "" : "not "}declared`
}

/** The indexes that queries need and no declaration makes, in words. */
export function missingIndexes(collection: FirestoreCollection, queries: readonly NativeQuery[]): string {
  const declared = declaredComposites(collection)
  const needs = queries.flatMap((query) => indexNeeds(query, collection))
  return printNeeds(
    needs.filter((need) => !isServed(need, declared)),
    collection,
  )
}
