import type { Value } from "@nosql/contracts"
import { compileFilter } from "../evaluate/compile-filter.ts"
import { compareSameKind, kindOf, type ValueKind } from "../values/compare-values.ts"
import { and, type CompareNode, compare, type FilterNode, isIn, matchAll, matchNone } from "./filter.ts"
import { distinct, equalityOf, holdsComplements } from "./fold-group.ts"
import { withoutSubject } from "./subject.ts"

/** Folds several tests of one path that all hold. */
export function foldTests(tests: readonly FilterNode[]): FilterNode {
  const once = distinct(tests)
  if (once.length === 1) return once[0] as FilterNode
  const equality = once.find((test) => equalityOf(test) !== undefined)
  if (equality !== undefined) return foldEquality(equality, once)
  if (holdsComplements(once)) return matchNone
  return foldKinds(once)
}

/** An equality says what the value is: every other test of it can be made now. */
function foldEquality(equality: FilterNode, tests: readonly FilterNode[]): FilterNode {
  const { path, values } = equalityOf(equality) ?? { path: [], values: [] }
  const others = tests
    .filter((test) => test !== equality)
    .map((test) => ({ test, holds: compileFilter(withoutSubject(test)) }))
  const possible = values.filter((value) => others.every(({ holds }) => statesOf(value).some(holds)))
  if (possible.length === 0) return matchNone
  const open = others.filter(({ holds }) => !possible.every((value) => statesOf(value).every(holds)))
  const found = possible.length === 1 ? compare("eq", path, possible[0] ?? null) : isIn(path, possible)
  return open.length === 0 ? found : and([found, ...open.map(({ test }) => test)])
}

/** What is at the path when it equals a value: for null either null or nothing. */
function statesOf(value: Value): readonly Value[] {
  return value === null ? [null, undefined as unknown as Value] : [value]
}

/** Tests that hold for one kind of value only contradict those for another, and settle what asks for the kind. */
function foldKinds(tests: readonly FilterNode[]): FilterNode {
  const kinds = new Set(tests.flatMap((test) => impliedKind(test) ?? []))
  if (kinds.size > 1) return matchNone
  const [kind] = kinds
  if (kind === undefined) return and(tests)
  const certain = tests.some((test) => test.kind !== "type" && impliedKind(test) !== undefined)
  const open = tests.filter((test) => !isSettled(test, kind, certain))
  if (open.some((test) => isExcluded(test, kind))) return matchNone
  return foldRanges(open)
}

function impliedKind(test: FilterNode): ValueKind | undefined {
  switch (test.kind) {
    case "type":
      return test.type
    case "compare":
      return kindOf(test.value) // a range; equalities are folded before
    case "regex":
    case "startsWith":
      return "string"
    case "mod":
      return "number"
    case "contains":
    case "size":
    case "elemMatch":
      return "array"
    default:
      return undefined
  }
}

/** Whether a test holds for every value of the kind; `$type` itself stays where nothing else asks for its kind. */
function isSettled(test: FilterNode, kind: ValueKind, certain: boolean): boolean {
  if (test.kind === "exists") return true
  if (test.kind === "type") return certain && test.type === kind
  return test.kind === "not" && test.filter.kind === "type" && test.filter.type !== kind
}

/** Whether a test holds for no value of the kind. */
function isExcluded(test: FilterNode, kind: ValueKind): boolean {
  if (test.kind !== "not") return false
  return test.filter.kind === "exists" || (test.filter.kind === "type" && test.filter.type === kind)
}

/** Of several ranges the tightest bounds remain; a range without room is nothing. One of a single value stays a range: an upsert seeds nothing from it. */
function foldRanges(tests: readonly FilterNode[]): FilterNode {
  const low = tightest(tests, ["gt", "gte"], 1)
  const high = tightest(tests, ["lt", "lte"], -1)
  const others = tests.filter((test) => test.kind !== "compare")
  const ranges = [low, high].filter((range) => range !== undefined)
  if (low !== undefined && high !== undefined) {
    const order = compareSameKind(low.value, high.value) ?? 0
    const touches = low.operator === "gte" && high.operator === "lte"
    if (order > 0 || (order === 0 && !touches)) return matchNone
  }
  const kept = [...ranges, ...others]
  return kept.length < 2 ? (kept[0] ?? matchAll) : and(kept)
}

/** The bound that leaves the least room; of two at one value the exclusive one. */
function tightest(
  tests: readonly FilterNode[],
  [exclusive, inclusive]: readonly [CompareNode["operator"], CompareNode["operator"]],
  direction: 1 | -1,
): CompareNode | undefined {
  let best: CompareNode | undefined
  for (const test of tests) {
    if (test.kind !== "compare" || (test.operator !== exclusive && test.operator !== inclusive)) continue
    const order = best === undefined ? 1 : (compareSameKind(test.value, best.value) ?? 0) * direction
    if (order > 0 || (order === 0 && test.operator === exclusive)) best = test
  }
  return best
}
