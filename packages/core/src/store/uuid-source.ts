import { v7 } from "uuid"

const bytesOfOne = 16
const inStock = 128

/** Makes UUIDs of version 7, each greater than the one before. */
export class UuidSource {
  // Asking the system for the randomness of each costs more than all else of an id.
  readonly #stock = new Uint8Array(bytesOfOne * inStock)
  #used = this.#stock.length
  #milliseconds = 0
  #sequence = 0

  next(): string {
    const random = this.#random()
    const now = Date.now()
    if (now > this.#milliseconds) {
      this.#milliseconds = now
      // Half of what there is room for, so that it can be counted on from.
      this.#sequence = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1
    } else this.#sequence += 1
    return v7({ random, msecs: this.#milliseconds, seq: this.#sequence })
  }

  #random(): Uint8Array {
    if (this.#used === this.#stock.length) {
      crypto.getRandomValues(this.#stock)
      this.#used = 0
    }
    const start = this.#used
    this.#used += bytesOfOne
    return this.#stock.subarray(start, this.#used)
  }
}
