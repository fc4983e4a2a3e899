/** The strings that begin with a prefix, as a range by code point: from `low`, and below `high` where there is one. */
export interface PrefixBounds {
  readonly low: string
  readonly high?: string
}

const lastCodePoint = 0x10ffff

/** `"ab"` is from "ab" to below "ac". A prefix that ends in the last code point has the bound of the one before it. */
export function prefixBounds(prefix: string): PrefixBounds {
  let end = prefix.length
  while (end > 0) {
    const start = end - (isLowSurrogate(prefix.charCodeAt(end - 1)) ? 2 : 1)
    const last = prefix.codePointAt(start) as number
    if (last !== lastCodePoint) {
      // Surrogates are no characters: what follows U+D7FF is U+E000.
      const next = String.fromCodePoint(last === 0xd7ff ? 0xe000 : last + 1)
      return { low: prefix, high: prefix.slice(0, start) + next }
    }
    end = start
  }
  return { low: prefix }
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
