/** Why a request was not sent, or nobody waits for its answer any more: the store was closed, or its client ended. */
export class StoreClosed extends Error {
  /** Whether the server may have done what was asked. */
  readonly sent: boolean

  constructor(message: string, { sent }: { readonly sent: boolean }) {
    super(message)
    this.sent = sent
  }
}
