import type { IndexInfo } from "../driver/collection-info.ts"
import { indexDifference, nameRemedy, sameKeys } from "../driver/index-difference.ts"

interface IndexComparison {
  readonly missing: readonly IndexInfo[]
  readonly existing: readonly string[]
  readonly differing: readonly { readonly name: string; readonly problem: string }[]
}

/**
 * Matches declared indexes with those of the store by their keys. What is there with other options is reported and left:
 * changing an index under an application that runs is its operator's decision.
 */
export function compareIndexes(declared: readonly IndexInfo[], found: readonly IndexInfo[]): IndexComparison {
  const missing: IndexInfo[] = []
  const existing: string[] = []
  const differing: { name: string; problem: string }[] = []
  const twins = new Map(declared.map((index) => [index, twinOf(index, found)]))
  // What serves as one declared index is in the way of no other: a plain one and that of a `ttl` have the same keys.
  const others = found.filter((other) => ![...twins.values()].includes(other))
  for (const index of declared) {
    const twin = twins.get(index)
    const rival = others.find((other) => sameKeys(index, other)) ?? namesake(index, found)
    const difference = rival === undefined ? undefined : indexDifference(index, rival)
    if (twin?.building === true)
      differing.push({ name: twin.name, problem: "is being built, and serves no query yet" })
    else if (twin !== undefined) existing.push(twin.name)
    else if (rival === undefined || difference === undefined) missing.push(index)
    else {
      const { path, problem } = difference
      differing.push({ name: rival.name, problem: path === "keys" ? `${problem}; ${nameRemedy}` : problem })
    }
  }
  return { missing, existing, differing }
}

/** The one that is there already, ready where there are several. */
export function twinOf(index: IndexInfo, found: readonly IndexInfo[]): IndexInfo | undefined {
  const twins = found.filter((other) => indexDifference(index, other) === undefined)
  return twins.find(({ building }) => building === undefined) ?? twins[0]
}

/** The one whose name is taken up. */
export function namesake({ name }: IndexInfo, found: readonly IndexInfo[]): IndexInfo | undefined {
  return found.find((other) => other.name === name)
}
