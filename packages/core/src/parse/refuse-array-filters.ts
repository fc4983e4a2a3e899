import { argumentError, type CallContext } from "../values/argument-error.ts"
import { noPositions } from "./parse-update-path.ts"

/** The option that only positional operators need. It is not in the types: untyped code is told so, not ignored. */
export function refuseArrayFilters(options: object, context: CallContext): void {
  if (Object.hasOwn(options, "arrayFilters")) throw argumentError(context, "arrayFilters", noPositions)
}
