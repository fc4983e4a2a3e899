import { NoSQLError } from "@nosql/contracts"
import type { Feature } from "@nosql/core/driver"
import type { CaseContext, ConformanceCase } from "./case.ts"

/**
 * Runs a case where the driver has what it `needs`. What it needs besides is what the store refuses it for: the result is the feature
 * that is wanting, and `none` in the driver's capabilities. Any other error is a failure and thrown.
 */
export async function runCase(
  { needs = [], run }: ConformanceCase,
  context: CaseContext,
): Promise<Feature | undefined> {
  const { capabilities } = context.store
  const lacked = needs.find((feature) => capabilities[feature] === "none")
  if (lacked !== undefined) return lacked
  try {
    await run(context)
    return undefined
  } catch (error) {
    const feature = refusedFeature(error)
    if (feature !== undefined && capabilities[feature] === "none") return feature as Feature
    throw error
  }
}

/** The feature that a refusal names, also within the error of a tool that ran it many times. */
function refusedFeature(error: unknown): string | undefined {
  if (!NoSQLError.isInstance(error)) return error instanceof Error ? refusedFeature(error.cause) : undefined
  const { feature } = error.details
  return error.code === "unsupported" && typeof feature === "string" ? feature : undefined
}
