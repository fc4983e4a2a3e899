import { and, conjuncts, type FilterNode, fold, type Query } from "@nosql/core/driver"
import { finish, type ReadPlan, takeOf } from "./read-plan.ts"

const maxAlternatives = 32

/** How a query whose filter has no alternatives to take apart is reached without a scan. */
type Reached = (query: Query) => ReadPlan | undefined

/** An `$or` whose every alternative goes by a key or an index: the documents of each, once. */
export function planUnion(query: Query, reached: Reached): ReadPlan | undefined {
  const nodes = conjuncts(query.filter)
  for (const node of nodes) {
    if (node.kind !== "or" || node.filters.length > maxAlternatives) continue
    const others = nodes.filter((other) => other !== node)
    const arms = node.filters.map((arm) => fold(and([arm, ...others]))).filter((arm) => arm.kind !== "false")
    const plan = unionOf(arms, query, reached)
    if (plan !== undefined) return plan
  }
  return undefined
}

function unionOf(arms: readonly FilterNode[], query: Query, reached: Reached): ReadPlan | undefined {
  const { skip: _, limit, projection, ...asked } = query
  const wanted = limit === undefined ? {} : { limit: query.skip + limit }
  // Each alternative gives what finishing needs, so it is read whole.
  const inOrder = plansOf(arms, { ...asked, skip: 0, ...wanted }, reached)
  if (inOrder === undefined) return undefined
  const sorted = inOrder.every(({ remaining }) => remaining.sort === undefined)
  const { after: __, ...unsorted } = asked
  const plans = sorted ? inOrder : plansOf(arms, { ...unsorted, sort: [], skip: 0 }, reached)
  if (plans === undefined) return undefined
  const rest = plans.some(({ remaining }) => remaining.filter !== undefined) ? conjuncts(query.filter) : []
  const unfinished = { rest, sorted }
  const take = takeOf(query, unfinished)
  const indexes = new Set(plans.flatMap(({ index }) => index ?? []))
  const [index] = indexes
  return {
    access: plans.some(({ access }) => access === "index") ? "index" : "key",
    ...(indexes.size === 1 && index !== undefined ? { index } : {}),
    ...(plans.some(({ eventual }) => eventual === true) ? { eventual: true } : {}),
    native: {
      kind: "several",
      reads: plans.map(({ native }) => native),
      sort: sorted ? query.sort : [],
      overlapping: true,
      ...(take === undefined ? {} : { take }),
    },
    remaining: { ...finish(query, unfinished), ...(projection === undefined ? {} : { projection }) },
    reasons: [
      `each alternative has its own way: ${[...new Set(plans.flatMap(({ reasons }) => reasons))].join("; ")}`,
    ],
  }
}

function plansOf(arms: readonly FilterNode[], query: Query, reached: Reached): ReadPlan[] | undefined {
  const plans = arms.map((filter) => reached({ ...query, filter }))
  const known = plans.filter((plan) => plan !== undefined)
  return known.length < plans.length ? undefined : known
}
