import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject } from "node:crypto"
import { perObject } from "@nosql/core/driver"

/** A key is asked for with every request and made once a day: Node takes several times as long where it is bytes. */
const keyObject = perObject((secret: Uint8Array) => createSecretKey(secret))

/** SHA-256, or HMAC-SHA-256 where there is a secret: what the SDK signs requests with. */
export class SigningHash {
  #hash: Hash | Hmac
  readonly #make: () => Hash | Hmac

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#make = secret === undefined ? () => createHash("sha256") : () => createHmac("sha256", keyOf(secret))
    this.#hash = this.#make()
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === "string" ? data : bytesOf(data))
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }

  reset(): void {
    this.#hash = this.#make()
  }
}

function keyOf(secret: string | ArrayBuffer | ArrayBufferView): string | Uint8Array | KeyObject {
  if (typeof secret === "string") return secret
  return secret instanceof Uint8Array ? keyObject(secret) : bytesOf(secret)
}

function bytesOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data)
}
