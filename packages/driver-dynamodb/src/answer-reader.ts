import type { Document } from "@nosql/contracts"
import { code, otherForm, WireText } from "./wire-text.ts"
import { WireValues } from "./wire-values.ts"

/** Documents that were read out of an answer, and the answer without them. */
interface ReadAnswer {
  readonly documents: readonly Document[]
  readonly rest: Uint8Array
}

/**
 * Reads the documents of GetItem, BatchGetItem, Query and Scan straight out of the bytes that DynamoDB sent. The way of the SDK, through `JSON.parse`, makes some
 * hundred objects for one document, of which none stays.
 */
export class AnswerReader {
  readonly #wire = new WireText()
  readonly #values = new WireValues(this.#wire)

  /** Undefined where the answer has another form than DynamoDB's own, such as spaces: the SDK reads it, or says what is wrong. */
  read(answer: Uint8Array): ReadAnswer | undefined {
    const bytes = Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength)
    this.#wire.begin(bytes)
    this.#values.begin()
    try {
      return this.#answer(bytes)
    } catch {
      // Also where JSON is wrong, or nested too deep.
      return undefined
    } finally {
      this.#wire.end()
    }
  }

  #answer(bytes: Buffer): ReadAnswer {
    const wire = this.#wire
    wire.expect(code.openObject)
    if (wire.next() === code.closeObject) return { documents: [], rest: bytes }
    for (;;) {
      const name = wire.text(wire.names)
      wire.expect(code.colon)
      if (name === "Items") return this.#items(bytes)
      if (name === "Item") return this.#item(bytes)
      if (name === "Responses") return this.#responses(bytes)
      wire.skip()
      const byte = wire.take()
      if (byte === code.closeObject) return { documents: [], rest: bytes }
      if (byte !== code.comma) throw otherForm
    }
  }

  #item(bytes: Buffer): ReadAnswer {
    const start = this.#wire.at
    const document = this.#values.item()
    return { documents: [document], rest: without(bytes, start, this.#wire.at, "{}") }
  }

  #items(bytes: Buffer): ReadAnswer {
    const wire = this.#wire
    const start = wire.at
    const documents: Document[] = []
    wire.expect(code.openList)
    if (wire.next() === code.closeList) return { documents, rest: bytes }
    for (let byte: number = code.comma; byte !== code.closeList; byte = wire.take()) {
      if (byte !== code.comma) throw otherForm
      documents.push(this.#values.item())
    }
    return { documents, rest: without(bytes, start, wire.at, "[]") }
  }

  /** Those of one table: no more are asked for at a time. */
  #responses(bytes: Buffer): ReadAnswer {
    const wire = this.#wire
    wire.expect(code.openObject)
    if (wire.next() === code.closeObject) return { documents: [], rest: bytes }
    wire.text(wire.names)
    wire.expect(code.colon)
    const answer = this.#items(bytes)
    if (answer.documents.length > 0) wire.expect(code.closeObject)
    return answer
  }
}

function without(bytes: Buffer, start: number, end: number, empty: string): Buffer {
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(empty), bytes.subarray(end)])
}
