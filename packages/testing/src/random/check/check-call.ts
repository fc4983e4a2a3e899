import type { RandomCall } from "../arbitraries/questions.ts"
import type { Read } from "../arbitraries/reads.ts"
import type { Target } from "../target.ts"
import { checkRead } from "./check-read.ts"
import { checkWrite } from "./check-write.ts"
import type { State } from "./state.ts"

/** Makes a call and compares its answer; returns what is stored afterwards. Throws a `Difference`. */
export async function checkCall(target: Target, state: State, call: RandomCall): Promise<State> {
  if (!isRead(call)) return checkWrite(target, state, call)
  await checkRead(target.collection, [...state.values()], call)
  return state
}

const writes: ReadonlySet<string> = new Set(["one", "many", "findOneAnd", "bulkWrite"])

export function isRead(call: RandomCall): call is Read {
  return !writes.has(call.call)
}
