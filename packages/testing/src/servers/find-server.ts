import { findMongodb } from "./find-mongodb.ts"

/** A server that tests may use. */
export interface FoundServer {
  /** What a client connects to. */
  readonly address: string
  /** Where it came from, for the line that says what a suite ran against. */
  readonly source: string
  /** Ends what was started for the tests; a server that was there before stays. */
  stop(): Promise<void>
}

const finders = { mongodb: findMongodb } as const satisfies Record<
  string,
  () => Promise<FoundServer | undefined>
>

export type ServerName = keyof typeof finders

/** The first server of this kind that the machine offers: an address in the environment, a container, a local binary. */
export function findServer(name: ServerName): Promise<FoundServer | undefined> {
  return finders[name]()
}
