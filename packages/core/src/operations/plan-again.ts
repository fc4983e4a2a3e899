import type { Reach } from "../driver/plan.ts"
import { endInTime, type Operation } from "./operation.ts"

/** Plans and runs; once more where the store has learnt by then that its plan went by what is no longer so. */
export function planningAgain<Plan extends Reach | undefined, R>(
  operation: Operation,
  makePlan: () => Plan,
  run: (plan: Plan) => Promise<R>,
): Promise<R> {
  const plan = makePlan()
  return operation.store.isOutdated === undefined ? run(plan) : runAgain(operation, plan, makePlan, run)
}

async function runAgain<Plan extends Reach | undefined, R>(
  operation: Operation,
  plan: Plan,
  makePlan: () => Plan,
  run: (plan: Plan) => Promise<R>,
): Promise<R> {
  try {
    return await run(plan)
  } catch (error) {
    if (!(await isOutdated(operation, plan, error))) throw error
  }
  return run(makePlan())
}

/** The same of what comes in parts: once a document was given there is no other plan. */
export function streamingAgain<Plan extends Reach, T>(
  operation: Operation,
  makePlan: () => Plan,
  run: (plan: Plan) => AsyncIterable<readonly T[]>,
): AsyncIterable<readonly T[]> {
  const plan = makePlan()
  return operation.store.isOutdated === undefined ? run(plan) : stream(operation, plan, makePlan, run)
}

async function* stream<Plan extends Reach, T>(
  operation: Operation,
  plan: Plan,
  makePlan: () => Plan,
  run: (plan: Plan) => AsyncIterable<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  let given = false
  try {
    for await (const part of run(plan)) {
      given ||= part.length > 0
      yield part
    }
    return
  } catch (error) {
    if (given || !(await isOutdated(operation, plan, error))) throw error
  }
  yield* run(makePlan())
}

async function isOutdated(operation: Operation, plan: Reach | undefined, error: unknown): Promise<boolean> {
  const { store, collection, name } = operation
  const { info, settings } = collection
  if (plan === undefined || store.isOutdated === undefined) return false
  const answer = store.isOutdated(info, plan, error, { operation: name, provision: settings.provision })
  return endInTime(operation, answer, false)
}
