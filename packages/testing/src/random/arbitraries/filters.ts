import type { Value } from "@nosql/contracts"
import fc, { type Arbitrary } from "fast-check"
import type { PlainFilter } from "../reference/matches.ts"
import type { Supported } from "../supported.ts"
import { arrayCondition, branchCondition, idCondition, scalarCondition } from "./conditions.ts"
import { bigNumber, bytes, date, flag, orNull, scalar, smallNumber, text } from "./values.ts"

/** Paths where no random document has an array, by what is usually there. */
const scalarPaths: readonly (readonly [Arbitrary<Value>, readonly string[]])[] = [
  [orNull(smallNumber), ["n", "m", "constructor", "o.n", "o.0", "o.p.n", "h.n", "nums.1", "items.0.n"]],
  [orNull(text), ["s", "t", "ключ \u{1F600}", "o.s", "h.s", "items.0.s"]],
  [orNull(bigNumber), ["big"]],
  [orNull(flag), ["b"]],
  [orNull(date), ["d"]],
  [bytes, ["bin"]],
  [scalar, ["x", "tags.0", "zz", "s.x", "n.0", "o.n.y", "toString"]],
]

export interface FilterOptions {
  readonly supported: Supported
  readonly ids: readonly string[]
  /** False where upserts may have mixed ids of two kinds. */
  readonly idRanges: boolean
}

/** Filters of one to three conditions, in groups up to three deep. */
export function randomFilter(options: FilterOptions): Arbitrary<PlainFilter> {
  const { supported } = options
  const entry = fieldEntry(options)
  // Mostly one condition: what several ask together hides what one of them answers.
  const one = entry.map((only) => Object.fromEntries([only]))
  const flat = fc.array(entry, { maxLength: 2 }).map((entries) => Object.fromEntries(entries))
  const groups = ["$and", "$or", "$nor"].filter(supported)
  const { filter } = fc.letrec<{ filter: PlainFilter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 4, arbitrary: one },
      { weight: 1, arbitrary: flat },
      {
        weight: 2,
        arbitrary: fc
          .tuple(flat, fc.constantFrom(...groups), fc.array(tie("filter"), { maxLength: 3 }))
          .map(([fields, group, filters]) => ({ ...fields, [group]: filters })),
      },
    ),
  }))
  return filter
}

function fieldEntry({ supported, ids, idRanges }: FilterOptions): Arbitrary<[string, unknown]> {
  const at = (paths: readonly string[], condition: Arbitrary<unknown>) =>
    fc.tuple(fc.constantFrom(...paths), condition) as Arbitrary<[string, unknown]>
  return fc.oneof(
    ...scalarPaths.map(([own, paths]) => ({
      weight: 2,
      arbitrary: at(paths, scalarCondition(own, supported)),
    })),
    { weight: 2, arbitrary: at(["o", "o.p", "h", "items.0"], branchCondition(supported)) },
    { weight: 1, arbitrary: at(["nums"], arrayCondition("numbers", supported)) },
    { weight: 2, arbitrary: at(["tags", "o.p.tags", "items.0.tags"], arrayCondition("scalars", supported)) },
    { weight: 3, arbitrary: at(["items", "any", "zz"], arrayCondition("items", supported)) },
    { weight: 1, arbitrary: at(["lists", "lists.0"], arrayCondition("nested", supported)) },
    { weight: 1, arbitrary: at(["_id"], idCondition(ids, supported, idRanges)) },
  )
}
