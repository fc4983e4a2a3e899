import { NoSQLError } from "@nosql/contracts"
import type { CallContext } from "../values/argument-error.ts"
import type { Capabilities, Feature } from "./capabilities.ts"

const remedies: Readonly<Partial<Record<Feature, string>>> = {
  "filter.text": "search with $regex or $startsWith, or by a driver that has it",
}

/** Refuses, before any I/O, what the store cannot do, by the feature's name. */
export function checkSupport(
  needed: readonly Feature[],
  capabilities: Capabilities,
  context: CallContext,
): void {
  for (const feature of needed) if (capabilities[feature] === "none") throw unsupported(feature, context)
}

function unsupported(missing: Feature, context: CallContext): NoSQLError {
  const { operation, backend = "unknown", collection } = context
  const remedy = Object.hasOwn(remedies, missing) ? `; ${remedies[missing]}` : ""
  return new NoSQLError("unsupported", `${operation}: ${backend} has no "${missing}"${remedy}`, {
    operation,
    backend,
    ...(collection === undefined ? {} : { collection }),
    details: { feature: missing },
  })
}
