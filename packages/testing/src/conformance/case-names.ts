import type { ConformanceCase } from "./case.ts"
import { suites } from "./suites.ts"

/** All cases, each with the name that tells it from every other: `"suite: case"`. */
export const caseNames: ReadonlyMap<ConformanceCase, string> = new Map(
  Object.entries(suites).flatMap(([suite, cases]) => cases.map((one) => [one, `${suite}: ${one.name}`])),
)
