import { type ErrorCode, NoSQLError } from "@nosql/contracts"
import { expect } from "vitest"

/** Runs what must fail and returns its error, of this code. */
export async function expectError(code: ErrorCode, run: () => unknown): Promise<NoSQLError> {
  try {
    await run()
  } catch (error) {
    if (!NoSQLError.isInstance(error)) throw error
    // The refusal of a feature says that the case is not for this driver.
    if (error.code === "unsupported" && code !== "unsupported") throw error
    expect(error.code, error.message).toBe(code)
    return error
  }
  throw new Error(`expected an error with the code "${code}", but nothing was thrown`)
}
