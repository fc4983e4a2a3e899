import { NoSQLError, type WriteProgress } from "@nosql/contracts"
import type { CallContext } from "../values/argument-error.ts"

/** The operation that stopped: one of a collection, or a repository's. */
interface NamedOperation {
  readonly name: string
  readonly context: CallContext
}

export interface Failure<Key> {
  readonly index: Key
  readonly error: unknown
}

interface Progress<Key extends number | string> {
  readonly done: readonly Key[]
  readonly failures: readonly Failure<Key>[]
  readonly unknown?: readonly Key[]
  readonly error?: unknown
}

/** The error of a write of `total` things that stopped on its way: the first failure's code, and in `details` how far it came. */
export function progressError(
  operation: NamedOperation,
  progress: Progress<number>,
  total: number,
  more: Readonly<Record<string, unknown>> = {},
): NoSQLError {
  const { done } = progress
  const { failed, unknown } = endsOf(progress)
  const tried = new Set([...done, ...failed, ...unknown])
  const notTried = Array.from({ length: total }, (_, i) => i).filter((i) => !tried.has(i))
  return errorOf(operation, progress, { done, failed, unknown, notTried }, more)
}

/** As `progressError`, for documents that a filter found, by `_id`. Matches that had not been read yet are in no list. */
export function matchesError(
  operation: NamedOperation,
  progress: Progress<string>,
  notTried: readonly string[],
): NoSQLError {
  return errorOf(operation, progress, { done: progress.done, ...endsOf(progress), notTried })
}

/** What was not done: refused, or without an answer. */
function endsOf<Key extends number | string>({
  failures,
  unknown = [],
}: Progress<Key>): { failed: Key[]; unknown: Key[] } {
  return {
    failed: failures.filter((failure) => !isLost(failure)).map(({ index }) => index),
    unknown: [...failures.filter(isLost).map(({ index }) => index), ...unknown],
  }
}

/** Whether the answer never came. An error of many writes lists those whose answer did not: none is none. */
function isLost({ error }: Failure<number | string>): boolean {
  const unknown = NoSQLError.isInstance(error) ? error.details["unknown"] : undefined
  return Array.isArray(unknown) ? unknown.length > 0 : unknown !== undefined
}

function errorOf(
  { name, context }: NamedOperation,
  { done, failures, error }: Progress<number | string>,
  progress: WriteProgress,
  more: Readonly<Record<string, unknown>> = {},
): NoSQLError {
  const first = failures[0]
  const reason = first?.error ?? error
  const cause = NoSQLError.isInstance(reason) ? reason : undefined
  const which = typeof first?.index === "number" ? `number ${first.index} failed` : "failed"
  // The failure's own message begins with the operation, too.
  const why = cause?.message.startsWith(`${name}: `) ? cause.message.slice(name.length + 2) : cause?.message
  return new NoSQLError(
    cause?.code ?? (first === undefined ? "unavailable" : "unknown"),
    `${name}: ${which} after ${done.length} were written: ${why ?? (reason === undefined ? "the store did not answer" : "see the cause")}`,
    {
      operation: name,
      collection: context.collection ?? "",
      backend: context.backend ?? "",
      ...(cause?.path === undefined ? {} : { path: cause.path }),
      details: { ...cause?.details, ...more, ...progress, errors: failures.map(describe) },
      cause: reason,
    },
  )
}

/** One failure as data, without the SDK's words. */
function describe({ index, error }: Failure<number | string>): Record<string, unknown> {
  if (!NoSQLError.isInstance(error)) return { index, code: "unknown" }
  const { code, message, path, details } = error
  return { index, code, message, details, ...(path === undefined ? {} : { path }) }
}
