/** The reference refuses: the store must answer `invalid-argument`, at one of these paths. */
export class Refused extends Error {
  readonly paths: readonly string[]

  constructor(...paths: readonly string[]) {
    super(`refused at "${paths.join('", "')}"`)
    this.paths = paths
  }
}

/** docs/semantics.md leaves this open ("outside the promise"): the call is not made, and not counted. */
export class OutsideThePromise extends Error {}
