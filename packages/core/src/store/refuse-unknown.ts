import { argumentError, type CallContext } from "../values/argument-error.ts"

/** Refuses names that an object of options does not have: one that is dropped in silence is a typing mistake that nobody finds. */
export function refuseUnknown(
  options: object,
  known: readonly string[],
  at: string,
  context: CallContext,
): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const path = at === "" ? unknown : `${at}.${unknown}`
  throw argumentError(context, path, `is not known here; known are ${known.join(", ")}`)
}
