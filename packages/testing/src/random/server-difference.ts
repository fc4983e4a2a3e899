import type { Document } from "@nosql/contracts"
import type { Read } from "./arbitraries/reads.ts"
import type { Write } from "./arbitraries/writes.ts"

/** Something that the server of a run is known to answer wrongly, although the store that it stands for does not. */
export interface ServerDifference {
  /** What it does instead. */
  readonly name: string
  /** Whether a call on these documents meets it; such a call is not made. */
  readonly meets: (call: Read | Write, documents: readonly Document[]) => boolean
}
