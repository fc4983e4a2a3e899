/** Bytes as DynamoDB compares them: unsigned, and what begins another comes before it. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}

/** The least bytes above everything that begins with a prefix. No prefix in use is made of 0xff alone. */
export function bytesBehind(prefix: Uint8Array): Uint8Array {
  let length = prefix.length
  while (length > 1 && prefix[length - 1] === 0xff) length--
  const next = prefix.slice(0, length)
  next[length - 1] = (next[length - 1] as number) + 1
  return next
}
