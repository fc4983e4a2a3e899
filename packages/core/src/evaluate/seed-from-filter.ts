import type { Document, Value } from "@nosql/contracts"
import type { FieldPath, FilterNode } from "../ast/filter.ts"
import { formatPath, overlaps, samePath } from "../ast/path.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { equalValues } from "../values/compare-values.ts"
import { changeMade } from "./change-path.ts"

interface Seed {
  readonly path: FieldPath
  readonly value: Value
}

/**
 * What an upsert knows of the document that it makes: the equalities that every match would have had to fulfil, null included.
 * The filter is folded. Throws `invalid-argument` where two equalities cannot both hold for a new document.
 */
export function seedFromFilter(filter: FilterNode, context: CallContext): Document {
  if (filter.kind === "false")
    throw argumentError(
      context,
      "",
      "nothing can match this filter, so that an upsert would insert at every call; use insertOne, or mend the filter",
    )
  const seeds: Seed[] = []
  for (const seed of equalities(filter)) {
    const other = seeds.find(({ path }) => overlaps(path, seed.path))
    if (other === undefined) seeds.push(seed)
    else if (!samePath(other.path, seed.path) || !equalValues(other.value, seed.value))
      throw conflict(seed, other, context)
  }
  return seeds.reduce<Document>(
    (document, { path, value }) => changeMade(document, path, () => value, context),
    {},
  )
}

function equalities(filter: FilterNode): readonly Seed[] {
  if (filter.kind === "and") return filter.filters.flatMap(equalities)
  return filter.kind === "compare" && filter.operator === "eq" ? [filter] : []
}

function conflict({ path }: Seed, other: Seed, context: CallContext): Error {
  return argumentError(
    context,
    formatPath(path),
    `an upsert cannot make a document from this filter: it also names "${formatPath(other.path)}"; name each path once, and not with its parent`,
  )
}
