/** A query as it goes over the wire: https://firebase.google.com/docs/firestore/reference/rest/v1/StructuredQuery */
export interface WireQuery {
  readonly from?: readonly { readonly collectionId?: string; readonly allDescendants?: boolean }[]
  readonly where?: WireFilter | null
  readonly orderBy?: readonly { readonly field?: WireField; readonly direction?: string }[] | null
}

interface WireField {
  readonly fieldPath?: string
}

interface WireFilter {
  readonly fieldFilter?: { readonly field?: WireField; readonly op?: string }
  readonly unaryFilter?: { readonly field?: WireField; readonly op?: string }
  readonly compositeFilter?: { readonly op?: string; readonly filters?: readonly WireFilter[] }
}

/** A field of an index, by the words of `firestore.indexes.json`. */
export type Part = `${string} ASCENDING` | `${string} DESCENDING` | `${string} CONTAINS`

/** What one alternative of a query asks of indexes: fields that are fixed, then an order; its last part is the name. */
export interface Demand {
  readonly fixed: readonly Part[]
  readonly order: readonly Part[]
}

/**
 * What indexes a query needs, read off the wire and by nothing of the driver's, from https://firebase.google.com/docs/firestore/query-data/index-overview:
 * each alternative goes along one order, which begins with what was asked, goes on with the fields of inequalities, and ends with the name.
 */
export function demandsOf({ where, orderBy }: WireQuery): readonly Demand[] {
  const alternatives = where ? alternativesOf(where) : [[]]
  const unequal = new Set(
    alternatives.flat().flatMap(({ field, kind }) => (kind === "unequal" ? [field] : [])),
  )
  const asked = (orderBy ?? []).map(({ field, direction }) => ({
    field: field?.fieldPath ?? "",
    direction: direction === "DESCENDING" ? ("DESCENDING" as const) : ("ASCENDING" as const),
  }))
  const direction = asked.at(-1)?.direction ?? "ASCENDING"
  for (const field of [...[...unequal].sort(), "__name__"])
    if (!asked.some((key) => key.field === field)) asked.push({ field, direction })
  const ends = asked.findIndex(({ field }) => field === "__name__")
  return alternatives.map((conditions) => {
    // A name that is given ends the order all the same.
    const equal = new Set(
      conditions.flatMap(({ field, kind }) => (kind === "equal" && field !== "__name__" ? [field] : [])),
    )
    const parts = conditions.flatMap(({ field, kind }): Part[] =>
      kind === "unequal" || field === "__name__"
        ? []
        : [kind === "equal" ? `${field} ASCENDING` : `${field} CONTAINS`],
    )
    return {
      fixed: [...new Set(parts)],
      order: asked
        .slice(0, ends + 1)
        .filter(({ field }) => !equal.has(field))
        .map((key): Part => `${key.field} ${key.direction}`),
    }
  })
}

interface Condition {
  readonly field: string
  readonly kind: "equal" | "unequal" | "contains"
}

function alternativesOf({
  fieldFilter,
  unaryFilter,
  compositeFilter,
}: WireFilter): readonly (readonly Condition[])[] {
  if (compositeFilter !== undefined && compositeFilter !== null) {
    const inner = (compositeFilter.filters ?? []).map(alternativesOf)
    if (compositeFilter.op === "OR") return inner.flat()
    return inner.reduce(
      (heads, tails) => heads.flatMap((head) => tails.map((tail) => [...head, ...tail])),
      [[]],
    )
  }
  const { field, op = "" } = fieldFilter ?? unaryFilter ?? {}
  const name = field?.fieldPath ?? ""
  if (op.startsWith("ARRAY_CONTAINS")) return [[{ field: name, kind: "contains" }]]
  const equal = ["EQUAL", "IN", "IS_NULL", "IS_NAN"].includes(op)
  return [[{ field: name, kind: equal ? "equal" : "unequal" }]]
}

/** Whether indexes serve a demand: each has some of what is fixed, then the order; together they have all of it. */
export function areServed(demand: Demand, indexes: readonly (readonly Part[])[]): boolean {
  const order = withoutName(demand.order)
  if (order === undefined) return false
  if (demand.fixed.length + order.length === 0) return true
  const heads = indexes.flatMap((index) => {
    const head = index.slice(0, index.length - order.length).map(anyOrder)
    const tail = index.slice(head.length)
    const fits = index.length >= order.length && order.every((part, i) => tail[i] === part)
    return fits && head.every((part) => demand.fixed.includes(part)) ? [head] : []
  })
  if (demand.fixed.length === 0) return heads.some(({ length }) => length === 0)
  return demand.fixed.every((part) => heads.some((head) => head.includes(part)))
}

/** A fixed field is served by an index in either order. */
function anyOrder(part: Part): Part {
  return part.replace(/ DESCENDING$/, " ASCENDING") as Part
}

/** Each index ends in the name, in the direction of what stands before it; undefined where that is not what is asked. */
function withoutName(order: readonly Part[]): readonly Part[] | undefined {
  const fields = order.slice(0, -1)
  const direction = fields.at(-1)?.endsWith("DESCENDING") ? "DESCENDING" : "ASCENDING"
  return order.at(-1) === `__name__ ${direction}` ? fields : undefined
}
