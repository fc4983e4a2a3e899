const slots = 1024
/** Longer texts are seldom met again: they are made anew each time. */
export const longestName = 24
/** Behind every name that has a place. */
const noRank = 0x3fffffff

/** What a Buffer is to the table. */
interface AsciiBytes extends Uint8Array {
  toString(encoding?: "latin1", start?: number, end?: number): string
}

/**
 * Short texts as they were met before, for a driver that reads documents out of bytes: the same field, or the same value of few, need not be made anew for each
 * document. It holds a fixed number, and a new one takes the place of another. Each has a rank, by which the fields of documents can be put in one order where a
 * store keeps none: objects of one shape are smaller and quicker to read.
 */
export class NameTable {
  readonly #texts: (string | undefined)[] = new Array(slots).fill(undefined)
  readonly #ranks: number[] = new Array(slots).fill(noRank)
  #made = 0
  /** Of the text that was found last. */
  rank = noRank

  /** The ASCII text in these bytes. `hash` is any number that follows from them. */
  find(bytes: AsciiBytes, start: number, end: number, hash: number): string {
    const length = end - start
    if (length > longestName) {
      this.rank = noRank
      return bytes.toString("latin1", start, end)
    }
    const slot = (hash ^ (hash >>> 10)) & (slots - 1)
    const known = this.#texts[slot]
    if (known !== undefined && known.length === length && isAt(bytes, start, known)) {
      this.rank = this.#ranks[slot] as number
      return known
    }
    const text = bytes.toString("latin1", start, end)
    this.#texts[slot] = text
    this.rank = this.#ranks[slot] = this.#made++
    return text
  }

  /** Where a text is none of ours. */
  forgetRank(): void {
    this.rank = noRank
  }
}

function isAt(bytes: Uint8Array, start: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false
  return true
}
