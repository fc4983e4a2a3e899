import type { InsertOutcome } from "../driver/driver.ts"

/** Puts what follows to what was done; `indexOf` says which step of the whole a step of the second is. */
type JoinOutcomes<O> = (a: O, b: O, indexOf: (index: number) => number) => O

/**
 * An ordered run stopped at one of its items. Where that is settled without a failure after all, the rest follows, and the two are one outcome.
 * `run` is undefined where the rest is not its to do.
 */
export async function resumeOrdered<T, O extends InsertOutcome>(
  items: readonly T[],
  { stoppedAt, settled }: { readonly stoppedAt: number; readonly settled: O },
  run: (rest: readonly T[]) => Promise<O | undefined>,
  join: JoinOutcomes<O>,
): Promise<O> {
  const rest = items.slice(stoppedAt + 1)
  if (settled.failures.length > 0 || rest.length === 0) return settled
  const next = await run(rest)
  return next === undefined ? settled : join(settled, next, (index) => index + stoppedAt + 1)
}

/** What every outcome tells. */
export function joinInserts(
  a: InsertOutcome,
  b: InsertOutcome,
  indexOf: (index: number) => number,
): InsertOutcome {
  const unknown = [...(a.unknown ?? []), ...(b.unknown ?? []).map(indexOf)]
  const error = a.error ?? b.error
  return {
    done: [...a.done, ...b.done.map(indexOf)].sort((x, y) => x - y),
    failures: [
      ...a.failures,
      ...b.failures.map((failure) => ({ ...failure, index: indexOf(failure.index) })),
    ],
    ...(unknown.length === 0 ? {} : { unknown }),
    ...(error === undefined ? {} : { error }),
  }
}
