/** A server that tests may use. */
export interface FoundServer {
  /** What a client connects to. */
  readonly address: string
  /** Where it came from, for the line that says what a suite ran against. */
  readonly source: string
  /** Ends what was started for the tests; a server that was there before stays. */
  stop(): Promise<void>
}

/** Starts a server that the machine has, or reaches one that runs. */
export type StartServer = () => Promise<FoundServer>
