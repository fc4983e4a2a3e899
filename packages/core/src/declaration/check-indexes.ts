import type { IndexDefinition, TtlDefinition } from "@nosql/contracts"
import type { IndexInfo } from "../driver/collection-info.ts"
import { indexDifference } from "../driver/index-difference.ts"
import { argumentError, type CallContext } from "../values/argument-error.ts"
import { checkIndex } from "./check-index.ts"
import { indexInfo, ttlIndex } from "./collection-info.ts"

interface Placed {
  readonly at: string
  readonly info: IndexInfo
}

/** Checks declared indexes, each in itself and beside the others. One that is declared again is taken once. */
export function checkIndexes(
  indexes: readonly IndexDefinition[],
  ttl: TtlDefinition | undefined,
  context: CallContext,
): readonly IndexDefinition[] {
  const checked: IndexDefinition[] = []
  const before: Placed[] = ttl === undefined ? [] : [{ at: "ttl", info: ttlIndex(ttl) }]
  for (const [i, given] of Array.from(indexes).entries()) {
    const index = checkIndex(given, context, `indexes[${i}]`)
    const own = { at: `indexes[${i}]`, info: indexInfo(index) }
    if (isRepeated(own, before, context)) continue
    before.push(own)
    checked.push(index)
  }
  return Object.freeze(checked)
}

/** Throws where an earlier index contradicts: one name is one index, and one index has one name. */
function isRepeated(own: Placed, before: readonly Placed[], context: CallContext): boolean {
  const { name } = own.info
  const namesake = before.find(({ info }) => info.name === name)
  if (namesake !== undefined) {
    const difference = differenceOf(own.info, namesake.info)
    if (difference === undefined) return true
    const problem = `has the name "${name}" of ${namesake.at} and differs in "${difference}"; declare one of the two, or give this one another name`
    throw argumentError(context, own.at, problem)
  }
  const twin = before.find(({ info }) => differenceOf(own.info, info) === undefined)
  if (twin === undefined) return false
  throw argumentError(context, own.at, `is ${twin.at} again under another name; declare it once`)
}

/** Undefined where neither has anything that the other has not. */
function differenceOf(a: IndexInfo, b: IndexInfo): string | undefined {
  return (indexDifference(a, b) ?? indexDifference(b, a))?.path
}
