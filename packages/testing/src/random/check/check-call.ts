import type { RandomCall } from "../arbitraries/questions.ts"
import type { Read } from "../arbitraries/reads.ts"
import type { PlainCollection } from "../plain-collection.ts"
import { checkRead } from "./check-read.ts"
import { checkWrite, type State } from "./check-write.ts"

/** Makes a call and compares its answer; returns what is stored afterwards. Throws a `Difference`. */
export async function checkCall(collection: PlainCollection, state: State, call: RandomCall): Promise<State> {
  if (!isRead(call)) return checkWrite(collection, state, call)
  await checkRead(collection, [...state.values()], call)
  return state
}

export function isRead(call: RandomCall): call is Read {
  return call.call === "find" || call.call === "count" || call.call === "distinct" || call.call === "pages"
}
