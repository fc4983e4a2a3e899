import type { Driver } from "@nosql/core/driver"
import type { ServerDifference } from "../random/server-difference.ts"

/** One of the stores that are asked the same. */
export interface Participant {
  readonly name: string
  readonly driver: Driver
  /** What the server behind it is known to answer wrongly: such calls are made of none. @default none */
  readonly serverDifferences?: readonly ServerDifference[]
}
