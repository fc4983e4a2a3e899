/** Inclusive ranges of code points, in order, apart, without surrogates. */
export type CodePoints = readonly (readonly [first: number, last: number])[]

export const lastCodePoint = 0x10ffff

/** Brings ranges into order: overlaps and neighbours become one, surrogates (which no text holds) go. */
export function codePoints(ranges: CodePoints): CodePoints {
  const merged: [number, number][] = []
  for (const [first, last] of ranges.flatMap(withoutSurrogates).sort((a, b) => a[0] - b[0])) {
    const previous = merged.at(-1)
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last)
    else merged.push([first, last])
  }
  return merged
}

function withoutSurrogates([first, last]: readonly [number, number]): [number, number][] {
  const below: [number, number] = [first, Math.min(last, 0xd7ff)]
  const above: [number, number] = [Math.max(first, 0xe000), last]
  return [below, above].filter(([from, to]) => from <= to)
}

/** All that is not in the set. */
export function complement(set: CodePoints): CodePoints {
  const gaps: [number, number][] = []
  let next = 0
  for (const [first, last] of set) {
    if (first > next) gaps.push([next, first - 1])
    next = last + 1
  }
  if (next <= lastCodePoint) gaps.push([next, lastCodePoint])
  return codePoints(gaps)
}

export function hasCodePoint(set: CodePoints, point: number): boolean {
  return set.some(([first, last]) => first <= point && point <= last)
}

export const digits: CodePoints = [[0x30, 0x39]]
export const wordCharacters: CodePoints = codePoints([...digits, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]])
/** Tab to carriage return, and the space. */
export const spaces: CodePoints = [
  [0x09, 0x0d],
  [0x20, 0x20],
]
export const newline: CodePoints = [[0x0a, 0x0a]]
