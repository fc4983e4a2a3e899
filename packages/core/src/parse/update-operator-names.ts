import { updateOperators } from "./parse-update.ts"

/** What an update is made of, such as `"$set"`. */
export type UpdateOperatorName = keyof typeof updateOperators

/** Every operator of updates, for forms that build them, or to check what an application lets through. */
export const updateOperatorNames = Object.freeze(
  Object.keys(updateOperators),
) as readonly UpdateOperatorName[]
