import type { Document, Value } from "@nosql/contracts"
import { defineField } from "@nosql/core/driver"
import { dateKey, reservedPrefix } from "./attribute-names.ts"
import { carrySet } from "./native-codec.ts"
import { code, otherForm, type WireText } from "./wire-text.ts"

/** Objects of more fields stay in the order in which they come. */
const mostSorted = 64
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Reads attribute values into values: what `JSON.parse`, the SDK and `decodeItem` make of them together. */
export class WireValues {
  readonly #wire: WireText
  // The fields of the objects that are being read, the inner ones behind the outer ones.
  readonly #names: string[] = []
  readonly #ranks: number[] = []
  readonly #values: Value[] = []

  constructor(wire: WireText) {
    this.#wire = wire
  }

  /** Forgets what was left half read. */
  begin(): void {
    this.#names.length = 0
    this.#ranks.length = 0
    this.#values.length = 0
  }

  /** The document in an item, `_id` first, without what is ours. */
  item(): Document {
    const wire = this.#wire
    const first = this.#names.length
    const document: Document = {}
    wire.expect(code.openObject)
    if (wire.next() === code.closeObject) wire.at += 1
    else
      do {
        const name = wire.text(wire.names)
        const { rank } = wire.names
        wire.expect(code.colon)
        if (name === "_id") document["_id"] = this.value()
        else if (name.startsWith(reservedPrefix)) this.#skipOwn()
        else this.#push(name, rank, this.value())
      } while (this.#goesOn(code.closeObject))
    return this.#fill(document, first)
  }

  value(): Value {
    const wire = this.#wire
    wire.expect(code.openObject)
    const type = wire.text()
    wire.expect(code.colon)
    const value = this.#valueOf(type)
    wire.expect(code.closeObject)
    return value
  }

  #valueOf(type: string): Value {
    const wire = this.#wire
    switch (type) {
      case "S":
        return wire.text()
      case "N":
        return wire.number()
      case "M":
        return this.#map()
      case "L":
        return this.#list()
      case "BOOL":
        return this.#truth()
      case "NULL":
        this.#truth()
        return null
      case "B":
        return this.#bytes()
      case "SS":
      case "NS":
        return carrySet(
          type,
          this.#members(() => wire.text()),
        )
      case "BS":
        return carrySet(
          type,
          this.#members(() => this.#bytes()),
        )
      default:
        throw otherForm
    }
  }

  #map(): Value {
    const wire = this.#wire
    const first = this.#names.length
    wire.expect(code.openObject)
    if (wire.next() === code.closeObject) {
      wire.at += 1
      return {}
    }
    do {
      const name = wire.text(wire.names)
      const { rank } = wire.names
      wire.expect(code.colon)
      if (name === dateKey && this.#names.length === first) return this.#date()
      this.#push(name, rank, this.value())
    } while (this.#goesOn(code.closeObject))
    return this.#fill({}, first)
  }

  #date(): Date {
    const wire = this.#wire
    wire.expectAll('{"N":')
    const date = new Date(Number(wire.text()))
    wire.expectAll("}}")
    return date
  }

  #list(): Value {
    const wire = this.#wire
    const list: Value[] = []
    wire.expect(code.openList)
    if (wire.next() === code.closeList) {
      wire.at += 1
      return list
    }
    do list.push(this.value())
    while (this.#goesOn(code.closeList))
    return list
  }

  #members<T>(read: () => T): T[] {
    const members: T[] = []
    this.#wire.expect(code.openList)
    do members.push(read())
    while (this.#goesOn(code.closeList))
    return members
  }

  #bytes(): Uint8Array {
    const text = this.#wire.text()
    if (!base64.test(text)) throw otherForm
    // A copy: Node's bytes are a window on a larger buffer, and would keep it alive.
    return new Uint8Array(Buffer.from(text, "base64"))
  }

  #truth(): boolean {
    const truth = this.#wire.next() === trueBegins
    this.#wire.expectAll(truth ? "true" : "false")
    return truth
  }

  #goesOn(close: number): boolean {
    const byte = this.#wire.take()
    if (byte !== code.comma && byte !== close) throw otherForm
    return byte === code.comma
  }

  /** An attribute of ours: bytes, a number or a string. */
  #skipOwn(): void {
    const wire = this.#wire
    wire.expect(code.openObject)
    const type = wire.text()
    wire.expect(code.colon)
    if (type === "S" || type === "N" || type === "B") wire.text()
    else this.#valueOf(type)
    wire.expect(code.closeObject)
  }

  #push(name: string, rank: number, value: Value): void {
    this.#names.push(name)
    this.#ranks.push(rank)
    this.#values.push(value)
  }

  /** Puts the fields behind `first` into an object, by their ranks. */
  #fill(object: Document, first: number): Document {
    const names = this.#names
    const values = this.#values
    const count = names.length
    if (count - first <= mostSorted) this.#sort(first)
    for (let i = first; i < count; i++) {
      const name = names[i] as string
      if (name === "__proto__") defineField(object, name, values[i])
      else object[name] = values[i] as Value
    }
    names.length = first
    this.#ranks.length = first
    values.length = first
    return object
  }

  #sort(first: number): void {
    const names = this.#names
    const ranks = this.#ranks
    const values = this.#values
    for (let i = first + 1; i < names.length; i++) {
      const rank = ranks[i] as number
      if ((ranks[i - 1] as number) <= rank) continue
      const name = names[i] as string
      const value = values[i] as Value
      let to = i
      for (; to > first && (ranks[to - 1] as number) > rank; to--) {
        ranks[to] = ranks[to - 1] as number
        names[to] = names[to - 1] as string
        values[to] = values[to - 1] as Value
      }
      ranks[to] = rank
      names[to] = name
      values[to] = value
    }
  }
}

const trueBegins = 0x74
