import fc, { type Arbitrary } from "fast-check"

/** A question that failed, and why. */
export interface Failed<Question> {
  readonly question: Question
  readonly error: unknown
}

/** Asks one random question; one that fails is made as small as the time allows. Undefined where none failed. */
export async function findSmallest<Question>(
  questions: Arbitrary<Question>,
  ask: (question: Question) => Promise<unknown>,
  { seed, shrinkMs }: { readonly seed: number; readonly shrinkMs: number },
): Promise<Failed<Question> | undefined> {
  let ends = Number.POSITIVE_INFINITY
  const property = fc.asyncProperty(questions, async (question) => {
    // When the time is over, whatever is smaller passes: what failed last is reported.
    if (performance.now() >= ends) return
    await ask(question).catch((error: unknown) => {
      ends = Math.min(ends, performance.now() + shrinkMs)
      throw error
    })
  })
  const { counterexample, errorInstance } = await fc.check(property, { seed, numRuns: 1 })
  return counterexample === null ? undefined : { question: counterexample[0], error: errorInstance }
}
