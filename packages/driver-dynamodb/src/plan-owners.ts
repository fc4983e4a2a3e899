import type { Value } from "@nosql/contracts"
import { conjuncts, equalityOn, type IndexInfo, kindOf, type Query } from "@nosql/core/driver"
import { uniqueKeyOf } from "./index-key.ts"
import { finish, type ReadPlan } from "./read-plan.ts"
import type { TableState } from "./table-state.ts"

const maxOwners = 100

/**
 * By the sentinels of a unique index: they are read strongly, where the index itself lags behind. Null also finds what is missing, and that has no
 * sentinel.
 */
export function planOwners(query: Query, { table, indexes }: TableState): ReadPlan | undefined {
  for (const index of indexes) {
    const combinations = index.unique ? combinationsOf(query, index) : undefined
    if (combinations === undefined) continue
    const sentinels = [...new Set(combinations.map((values) => uniqueKeyOf(values, index)))]
    const several = sentinels.length > 1
    return {
      access: "index",
      index: index.name,
      native: { kind: "owners", table, sentinels },
      // The owner may have changed between the two reads, so the whole filter is asked again.
      remaining: finish(query, {
        rest: conjuncts(query.filter),
        sorted: query.sort.length === 0 || (!several && query.after === undefined),
      }),
      reasons: [
        `unique index "${index.name}" names the document${several ? "s" : ""}: its sentinel${several ? "s" : ""}, then the document${several ? "s" : ""}, strong, 2 read units and more`,
      ],
    }
  }
  return undefined
}

function combinationsOf({ filter }: Query, index: IndexInfo): Value[][] | undefined {
  let combinations: Value[][] = [[]]
  for (const { path } of index.keys) {
    const node = equalityOn(filter, path)
    if (node === undefined) return undefined
    const values = node.kind === "in" ? node.values : [node.value]
    if (!values.every(isUniqueValue) || combinations.length * values.length > maxOwners) return undefined
    combinations = combinations.flatMap((head) => values.map((value) => [...head, value]))
  }
  return combinations
}

function isUniqueValue(value: Value): boolean {
  const kind = kindOf(value)
  return kind !== "null" && kind !== "array" && kind !== "object"
}
