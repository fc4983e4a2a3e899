import { type CodePoints, hasCodePoint, newline, wordCharacters } from "./code-points.ts"

/** What assertions tell apart of a neighbour; the edges of the text stand beside them. */
export type Neighbour = "edge" | "newline" | "word" | "other"

/** The characters, parted so that no set of a pattern tells two of one class apart. */
export interface CharacterClasses {
  readonly count: number
  /** The class of each ASCII character. */
  readonly ascii: Uint16Array
  classOf(point: number): number
  neighbourOf(characterClass: number): Neighbour
  /** For each class whether the set holds it. */
  membersOf(set: CodePoints): Uint8Array
}

export function characterClasses(sets: readonly CodePoints[]): CharacterClasses {
  const edges = new Set([0])
  for (const set of [...sets, newline, wordCharacters]) {
    for (const [first, last] of set) edges.add(first).add(last + 1)
  }
  const starts = [...edges].sort((a, b) => a - b)
  const classOf = (point: number) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] as number) <= point) low = middle
      else high = middle - 1
    }
    return low
  }
  const neighbours = starts.map((start): Neighbour => {
    if (hasCodePoint(newline, start)) return "newline"
    return hasCodePoint(wordCharacters, start) ? "word" : "other"
  })
  return {
    count: starts.length,
    ascii: Uint16Array.from({ length: 128 }, (_, point) => classOf(point)),
    classOf,
    neighbourOf: (characterClass) => neighbours[characterClass] as Neighbour,
    membersOf: (set) => Uint8Array.from(starts, (start) => (hasCodePoint(set, start) ? 1 : 0)),
  }
}
