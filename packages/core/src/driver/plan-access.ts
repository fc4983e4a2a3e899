import type { FilterNode } from "../ast/filter.ts"
import { formatPath, idPath, isIdPath } from "../ast/path.ts"
import type { SortKey } from "../ast/query.ts"
import { chooseIndex, type IndexPowers } from "./choose-index.ts"
import type { CollectionInfo } from "./collection-info.ts"
import { conjuncts, equalityOn, isEquality, rangesOf, rangesOn } from "./conditions-on.ts"
import type { Reach } from "./plan.ts"
import { printIndexKeys } from "./print-index-keys.ts"

const byId: Reach = Object.freeze({ access: "key", reasons: Object.freeze(["_id is given"]) })

/**
 * How a filter and a sort reach their documents in a store with ordered indexes: by `_id`, by the declared index with the longest usable prefix, or not at all.
 */
export function planAccess(
  collection: CollectionInfo,
  filter: FilterNode,
  sort: readonly SortKey[],
  powers: IndexPowers = {},
): Reach {
  if (filter.kind === "false") return { access: "key", reasons: ["the filter matches nothing"] }
  if (equalityOn(filter, idPath)) return byId
  if (conjuncts(filter).some(({ kind }) => kind === "text"))
    return { access: "index", reasons: ["$text goes by the collection's text index"] }
  const use = chooseIndex(collection.indexes, filter, sort, powers)
  if (use !== undefined) {
    const { name } = use.index
    return { access: "index", index: name, reasons: [`index "${name}" serves the query`] }
  }
  if (rangesOn(filter, idPath).length > 0) return { access: "key", reasons: ["_id is in a range"] }
  const union = powers.unions === true ? planUnion(collection, filter, powers) : undefined
  if (union !== undefined) return union
  if (filter.kind === "true" && sort.every(({ path }) => isIdPath(path))) {
    return { access: "scan", reasons: ["everything is read"] }
  }
  if (!collection.declared)
    return { access: "unknown", reasons: ["the collection's indexes are not declared"] }
  return { access: "scan", reasons: [scanRemedy(filter, sort, powers)] }
}

/** An `$or` whose every alternative goes by a key or an index. */
function planUnion(collection: CollectionInfo, filter: FilterNode, powers: IndexPowers): Reach | undefined {
  for (const node of conjuncts(filter)) {
    if (node.kind !== "or") continue
    const arms = node.filters.map((arm) => planAccess(collection, arm, [], powers))
    if (!arms.every(({ access }) => access === "key" || access === "index")) continue
    const access = arms.some((arm) => arm.access === "index") ? "index" : "key"
    const reasons = [...new Set(arms.flatMap((arm) => arm.reasons))]
    return { access, reasons: [`each alternative has its own way: ${reasons.join("; ")}`] }
  }
  return undefined
}

/** Names the index that would serve the query: equalities first, then the sort, then a range. */
function scanRemedy(filter: FilterNode, sort: readonly SortKey[], { elements = false }: IndexPowers): string {
  const paths = new Map<string, 1 | -1>()
  const nodes = conjuncts(filter)
  for (const node of nodes) {
    if (isEquality(node) || (elements && node.kind === "contains")) paths.set(formatPath(node.path), 1)
  }
  for (const { path, direction } of sort) if (!isIdPath(path)) paths.set(formatPath(path), direction)
  for (const node of nodes) {
    const [range] = rangesOf(node)
    if (range !== undefined && !paths.has(formatPath(range.path))) paths.set(formatPath(range.path), 1)
  }
  if (paths.size === 0)
    return "no index can serve this filter: it has no equality, range or prefix that always holds"
  return `no declared index serves the query; declare { keys: ${printIndexKeys([...paths])} }`
}
