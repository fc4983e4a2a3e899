import type { OptionRule } from "./check-option-table.ts"

/** A text that says something. */
export const isText: OptionRule = (value) =>
  typeof value === "string" && value !== "" ? undefined : "is a text, not empty"

/** A switch. */
export const isTrueOrFalse: OptionRule = (value) =>
  typeof value === "boolean" ? undefined : "is true or false"

/** What goes to the SDK as it is. */
export const isSdkOptions: OptionRule = (value) =>
  typeof value === "object" && value !== null ? undefined : "is an object of the SDK's options"

/** A number without a fraction, of at least so much. */
export function isWholeNumber(least: number): OptionRule {
  return (value) =>
    Number.isSafeInteger(value) && (value as number) >= least
      ? undefined
      : `is a whole number of at least ${least}`
}
