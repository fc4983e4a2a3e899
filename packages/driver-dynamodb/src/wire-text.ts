import type { NativeValue } from "@nosql/contracts"
import { NameTable } from "@nosql/core/driver"
import { decodeNumber } from "./number-codec.ts"

/** What the readers throw where an answer has another form than they know: then the SDK reads it. */
export const otherForm = new Error("the answer has another form")

export const code = {
  quote: 0x22,
  comma: 0x2c,
  minus: 0x2d,
  point: 0x2e,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  openList: 0x5b,
  backslash: 0x5c,
  closeList: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
} as const

/** By byte: whether it stands for itself in a string of JSON. */
const plain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte > 0x7e || byte === code.quote || byte === code.backslash ? 0 : 1,
)
/** As many digits as any double keeps, and the powers of ten among them: a quotient of two such integers is rounded once. */
const exactDigits = 15
const powers = Array.from({ length: exactDigits + 1 }, (_, power) => 10 ** power)

/** A place in the bytes of an answer, and the reading of what stands there. */
export class WireText {
  readonly names = new NameTable()
  readonly #texts = new NameTable()
  #bytes: Buffer = Buffer.alloc(0)
  at = 0

  begin(bytes: Buffer): void {
    this.#bytes = bytes
    this.at = 0
  }

  /** Keeps no answer alive. */
  end(): void {
    this.#bytes = Buffer.alloc(0)
  }

  next(): number {
    return this.#bytes[this.at] as number
  }

  take(): number {
    return this.#bytes[this.at++] as number
  }

  expect(byte: number): void {
    if (this.#bytes[this.at++] !== byte) throw otherForm
  }

  /** Reads what stands there word for word. */
  expectAll(text: string): void {
    for (let i = 0; i < text.length; i++) this.expect(text.charCodeAt(i))
  }

  /** A string of JSON, quotes included. */
  text(table = this.#texts): string {
    this.expect(code.quote)
    const bytes = this.#bytes
    const start = this.at
    let end = start
    let hash = 0
    let byte = bytes[end] as number
    while (plain[byte] === 1) {
      hash = (hash * 31 + byte) | 0
      end += 1
      byte = bytes[end] as number
    }
    if (byte !== code.quote) return this.#otherText(start, end, table)
    this.at = end + 1
    return table.find(bytes, start, end, hash)
  }

  /** The string as JSON has it, from where it is not plain ASCII. */
  #otherText(start: number, from: number, table: NameTable): string {
    const bytes = this.#bytes
    let escaped = false
    let end = from
    for (let byte = bytes[end]; byte !== code.quote; byte = bytes[end]) {
      if (byte === undefined || byte < 0x20) throw otherForm
      if (byte === code.backslash) escaped = true
      end += byte === code.backslash ? 2 : 1
    }
    this.at = end + 1
    table.forgetRank()
    return escaped
      ? (JSON.parse(bytes.toString("utf8", start - 1, end + 1)) as string)
      : bytes.toString("utf8", start, end)
  }

  /** A number in quotes, as DynamoDB writes it. */
  number(): number | bigint | NativeValue {
    const bytes = this.#bytes
    const start = this.at
    let at = start + 1
    const negative = bytes[at] === code.minus
    if (negative) at += 1
    let mantissa = 0
    let digits = 0
    let fraction = 0
    let pointed = false
    for (;;) {
      const byte = bytes[at] as number
      if (byte >= code.zero && byte <= code.nine) {
        mantissa = mantissa * 10 + (byte - code.zero)
        digits += 1
        if (pointed) fraction += 1
      } else if (byte === code.point && !pointed) pointed = true
      else break
      at += 1
    }
    const simple = bytes[start] === code.quote && bytes[at] === code.quote && digits > 0
    if (!simple || digits > exactDigits || (negative && mantissa === 0)) return decodeNumber(this.text())
    this.at = at + 1
    const value = fraction === 0 ? mantissa : mantissa / (powers[fraction] as number)
    return negative ? -value : value
  }

  /** Goes behind a value of JSON, of which no more is looked at than where it ends. */
  skip(): void {
    let depth = 0
    do {
      const byte = this.#seen()
      if (byte === code.quote) this.text()
      else {
        if (byte === code.openObject || byte === code.openList) depth += 1
        if (byte === code.closeObject || byte === code.closeList) depth -= 1
        this.at += 1
      }
    } while (depth > 0)
    // The rest of a number or a word.
    for (let byte = this.#seen(); !endsValue(byte); byte = this.#seen()) this.at += 1
  }

  #seen(): number {
    const byte = this.#bytes[this.at]
    if (byte === undefined) throw otherForm
    return byte
  }
}

function endsValue(byte: number): boolean {
  return byte === code.comma || byte === code.closeObject || byte === code.closeList
}
