import { describe, expect, test } from "vitest"
import { SigningHash } from "./signing-hash.ts"

const text = (value: string) => new TextEncoder().encode(value)
const hex = async (hash: SigningHash) => Buffer.from(await hash.digest()).toString("hex")

describe("SHA-256", () => {
  // https://csrc.nist.gov/csrc/media/projects/cryptographic-standards-and-guidelines/documents/examples/sha256.pdf
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  test.each<[string, string | ArrayBuffer | ArrayBufferView]>([
    ["text", "abc"],
    ["bytes", text("abc")],
    ["a view", new Uint8Array(text("_abc_").buffer, 1, 3)],
    ["a buffer", text("abc").slice().buffer],
  ])("of %s", async (_, data) => {
    const hash = new SigningHash()
    hash.update(data)
    expect(await hex(hash)).toBe(abc)
  })

  test("anew after reset", async () => {
    const hash = new SigningHash()
    hash.update("x")
    hash.reset()
    hash.update("abc")
    expect(await hex(hash)).toBe(abc)
  })
})

describe("HMAC", () => {
  // https://www.rfc-editor.org/rfc/rfc4231#section-4.3
  const expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"

  test.each<[string, string | ArrayBuffer | ArrayBufferView]>([
    ["text", "Jefe"],
    ["bytes", text("Jefe")],
    ["a view", new DataView(text("_Jefe_").buffer, 1, 4)],
    ["a buffer", text("Jefe").slice().buffer],
  ])("by a secret that is %s, again and again", async (_, secret) => {
    for (let i = 0; i < 3; i++) {
      const hash = new SigningHash(secret)
      hash.update("what do ya want ")
      hash.update(text("for nothing?"))
      expect(await hex(hash)).toBe(expected)
    }
  })
})
