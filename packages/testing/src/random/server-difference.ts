import type { Document } from "@nosql/contracts"
import type { RandomCall } from "./arbitraries/questions.ts"

/** Something that the server of a run is known to answer wrongly, although the store that it stands for does not. */
export interface ServerDifference {
  /** What it does instead. */
  readonly name: string
  /** Whether a call on these documents meets it; such a call is not made. */
  readonly meets: (call: RandomCall, documents: readonly Document[]) => boolean
}
