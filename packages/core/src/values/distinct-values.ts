import type { Value } from "@nosql/contracts"
import { hashValue } from "./hash-value.ts"

/** The values, each once; the first of equal ones stays. They go through sets, so that long lists stay cheap. */
export function distinctValues(values: readonly Value[]): readonly Value[] {
  if (values.length < 2) return values
  const scalars = new Set<Value>()
  const others = new Set<string>()
  const kept = values.filter((value) => {
    if (typeof value === "object" && value !== null) {
      const hash = hashValue(value)
      if (others.has(hash)) return false
      others.add(hash)
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
