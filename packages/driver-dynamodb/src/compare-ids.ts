import { compareBytes } from "./key-bytes.ts"

const encoder = new TextEncoder()

/** By code point, which is by UTF-8 byte. */
export function compareIds(a: string, b: string): number {
  return compareBytes(encoder.encode(a), encoder.encode(b))
}
