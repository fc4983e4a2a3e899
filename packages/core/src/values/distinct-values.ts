import type { Value } from "@nosql/contracts"
import { equalValues } from "./compare-values.ts"

/** The values, each once; the first of equal ones stays. Scalars go through a set, so that long lists stay cheap. */
export function distinctValues(values: readonly Value[]): readonly Value[] {
  if (values.length < 2) return values
  const scalars = new Set<Value>()
  const others: Value[] = []
  const kept = values.filter((value) => {
    if (typeof value === "object" && value !== null) {
      if (others.some((other) => equalValues(other, value))) return false
      others.push(value)
      return true
    }
    const form = scalarForm(value)
    if (scalars.has(form)) return false
    scalars.add(form)
    return true
  })
  return kept.length === values.length ? values : kept
}

/** One form for the number and the bigint of one value. */
function scalarForm(value: Value): Value {
  if (typeof value !== "bigint") return value
  const number = Number(value)
  return BigInt(number) === value ? number : value
}
