import type { NoSQLError } from "@nosql/contracts"
import type { Answer } from "./answer.ts"
import { Difference } from "./difference.ts"
import { type State, sameState } from "./state.ts"

/** Nothing is written, and the error says why; `paths` are those that it may name. */
export function checkRefused({ error, state }: Answer, before: State, paths?: readonly string[]): void {
  if (error === undefined) throw new Difference("the store did not refuse")
  if (error.code !== "invalid-argument" || paths?.length === 0) throw unexpected(error)
  if (paths !== undefined) checkPath(error, paths)
  if (!sameState(before, state)) throw new Difference("the store refused, and wrote")
}

export function checkPath({ path, message }: NoSQLError, paths: readonly string[]): void {
  if (path !== undefined && paths.includes(path)) return
  throw new Difference(`refused at "${path}", not at "${paths}": ${message}`)
}

export function unexpected(error: NoSQLError): Difference {
  return new Difference(`failed with ${error.code}: ${error.message}`)
}
