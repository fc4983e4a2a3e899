import type { Capabilities } from "@nosql/core/driver"

/** Whether a driver has an operator: what it has not is not generated, and refused in the conformance suite. */
export type Supported = (operator: string) => boolean

/** What each operator needs, where that is not `filter.<name>` or `update.<name>`. */
const needs: Readonly<Record<string, readonly string[]>> = {
  $eq: ["filter.compare"],
  $ne: ["filter.compare", "filter.not"],
  $gt: ["filter.compare"],
  $gte: ["filter.compare"],
  $lt: ["filter.compare"],
  $lte: ["filter.compare"],
  $in: ["filter.in"],
  $nin: ["filter.in", "filter.not"],
  $exists: ["filter.exists", "filter.not"],
  $not: ["filter.not"],
  $nor: ["filter.not", "filter.or"],
  $and: ["filter.and"],
  $or: ["filter.or"],
  $containsAny: ["filter.contains"],
  $all: ["filter.contains", "filter.and"],
}

export function supportOf(capabilities: Capabilities): Supported {
  const table = capabilities as Readonly<Record<string, string | undefined>>
  const has = (feature: string) => table[feature] !== undefined && table[feature] !== "none"
  return (operator) => {
    const features = needs[operator]
    if (features !== undefined) return features.every(has)
    return has(`filter.${operator.slice(1)}`) || has(`update.${operator.slice(1)}`)
  }
}
