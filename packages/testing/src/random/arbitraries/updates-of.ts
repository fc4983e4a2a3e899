import type { PlainUpdate } from "../reference/update-paths.ts"
import type { RandomCall } from "./questions.ts"

/** The updates that a call would make. */
export function updatesOf(call: RandomCall): readonly PlainUpdate[] {
  if (call.call === "bulkWrite")
    return call.operations.flatMap((operation) => {
      if ("updateOne" in operation) return [operation.updateOne.update]
      return "updateMany" in operation ? [operation.updateMany.update] : []
    })
  return "change" in call && call.change.kind === "update" ? [call.change.update] : []
}
