import type { Document } from "@nosql/contracts"
import type { PlainUpdate } from "./reference/update-paths.ts"

/** Something that the server of a run is known to answer wrongly, although the store that it stands for does not. */
export interface ServerDifference {
  /** What it does instead. */
  readonly name: string
  /** Whether an update of these documents meets it; such a call is not made. */
  readonly meets: (update: PlainUpdate, documents: readonly Document[]) => boolean
}
