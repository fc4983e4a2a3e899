import { NoSQLError } from "@nosql/contracts"

/** `source | path | problem` of each problem of the one error that a promise ends with. */
export async function problemsOf(promise: Promise<unknown>): Promise<string[]> {
  const error = await errorOf(promise)
  if (error.code !== "config") throw error
  const problems = error.details["problems"] as { source: string; path: string; problem: string }[]
  return problems.map(({ source, path, problem }) => `${source} | ${path} | ${problem}`).sort()
}

export async function errorOf(promise: Promise<unknown>): Promise<NoSQLError> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (NoSQLError.isInstance(outcome)) return outcome
  throw outcome ?? new Error("it did not fail")
}
