import type { Firestore } from "@google-cloud/firestore"
import { StoreClosed } from "./store-closed.ts"

/** How long `close` waits for the requests under way. */
const patienceMs = 5000

/**
 * What every request of a store passes. The SDK ends the process, by an error that nobody can catch, where it is to read with a client that was
 * terminated: so nothing is sent from the end on, and the client is terminated only when nothing is under way.
 */
export class RequestGate {
  readonly #client: Firestore
  readonly #underWay = new Set<() => void>()
  #closed = false
  #onIdle: (() => void) | undefined

  constructor(client: Firestore) {
    this.#client = client
  }

  /** Sends a request of the SDK's. Throws `StoreClosed` where none may be sent, or where it was not answered in time when the store was closed. */
  async send<R>(request: () => Promise<R>): Promise<R> {
    if (this.#closed) throw new StoreClosed("the store was closed", { sent: false })
    if (isTerminated(this.#client)) throw new StoreClosed("the client was terminated", { sent: false })
    return new Promise<R>((resolve, reject) => {
      const giveUp = () => reject(new StoreClosed("the store was closed", { sent: true }))
      this.#underWay.add(giveUp)
      const running = (async () => request())()
      void running.then(resolve, reject).finally(() => {
        this.#underWay.delete(giveUp)
        if (this.#underWay.size === 0) this.#onIdle?.()
      })
    })
  }

  /**
   * Takes no more requests, waits for those under way and then does `whenIdle`. A server that does not answer holds it no longer than its patience:
   * then those who wait are told `closed`, and `whenIdle` is done when the SDK has given up.
   */
  async close(whenIdle: () => Promise<void>, patience: number = patienceMs): Promise<void> {
    this.#closed = true
    const ending = this.#idle().then(whenIdle)
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        for (const giveUp of this.#underWay) giveUp()
        resolve()
      }, patience)
    })
    try {
      await Promise.race([ending, late])
    } finally {
      clearTimeout(timer)
    }
  }

  #idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#underWay.size === 0) resolve()
      else this.#onIdle = resolve
    })
  }
}

function isTerminated(client: Firestore): boolean {
  const { _clientPool: pool } = client as unknown as { _clientPool?: { terminated?: boolean } }
  return pool?.terminated === true
}
