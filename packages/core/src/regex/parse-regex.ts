import { caseVariants } from "./case-variants.ts"
import {
  type CodePoints,
  codePoints,
  complement,
  digits,
  lastCodePoint,
  newline,
  spaces,
  wordCharacters,
} from "./code-points.ts"
import { type RegexPlace, type RegexTree, sequence } from "./regex-tree.ts"

/** A pattern is not of the portable subset. The message says where and what to write, and holds nothing of the pattern. */
export class RegexProblem extends Error {}

const maxLength = 1000
const maxRepeat = 1000
/** How many states a pattern may need, counted copies and all: it bounds the work for each character. */
const maxSize = 2000
/** How many code points may be looked up for their case: a range over all of Unicode is no use with `i`. */
const maxCased = 100_000
const maxGroups = 50

/** Reads a pattern; throws RegexProblem. Flags are out of `ims`. */
export function parseRegex(pattern: string, flags: string): RegexTree {
  if (pattern.length > maxLength) throw new RegexProblem(`the pattern is longer than ${maxLength} characters`)
  const tree = new RegexParser(pattern, flags).parse()
  if (sizeOf(tree) > maxSize) throw new RegexProblem("the pattern repeats too much; use smaller counts")
  return tree
}

function sizeOf(tree: RegexTree): number {
  switch (tree.kind) {
    case "set":
    case "assert":
      return 1
    case "sequence":
      return tree.parts.reduce((size, part) => size + sizeOf(part), 1)
    case "choice":
      return tree.arms.reduce((size, arm) => size + sizeOf(arm), 1)
    case "repeat":
      return 1 + sizeOf(tree.of) * Math.max(1, tree.min, Number.isFinite(tree.max) ? tree.max : 0)
  }
}

const shorthands: Readonly<Record<string, CodePoints>> = {
  d: digits,
  D: complement(digits),
  w: wordCharacters,
  W: complement(wordCharacters),
  s: spaces,
  S: complement(spaces),
}

const controls: Readonly<Record<string, number>> = { t: 0x09, n: 0x0a, v: 0x0b, f: 0x0c, r: 0x0d }

/** A recursive descent over the pattern's code points. */
class RegexParser {
  readonly #characters: readonly string[]
  readonly #flags: { readonly anyCase: boolean; readonly lines: boolean; readonly dotAll: boolean }
  #at = 0
  #groups = 0
  #cased = 0

  constructor(pattern: string, flags: string) {
    this.#characters = Array.from(pattern)
    this.#flags = { anyCase: flags.includes("i"), lines: flags.includes("m"), dotAll: flags.includes("s") }
  }

  parse(): RegexTree {
    const tree = this.#choice()
    if (this.#peek() === ")") throw this.#problem('")" closes no group; write \\) for the character')
    return tree
  }

  #choice(): RegexTree {
    const arms = [this.#sequence()]
    while (this.#accept("|")) arms.push(this.#sequence())
    return arms.length === 1 ? (arms[0] as RegexTree) : { kind: "choice", arms }
  }

  #sequence(): RegexTree {
    const parts: RegexTree[] = []
    for (let next = this.#peek(); next !== undefined && next !== "|" && next !== ")"; next = this.#peek()) {
      parts.push(this.#repeated())
    }
    return sequence(parts)
  }

  #repeated(): RegexTree {
    const grouped = this.#peek() === "("
    const of = this.#atom()
    const counts = this.#quantifier()
    if (counts === undefined) return of
    if (of.kind === "assert" && !grouped) throw this.#problem("a place (^ $ \\b \\B) cannot be repeated")
    if (this.#accept("+")) throw this.#problem("possessive repetition is not portable")
    this.#accept("?") // Lazy or greedy is the same where only the presence of a match counts.
    if (this.#quantifier() !== undefined) throw this.#problem("a repetition is repeated; put it into (?:…)")
    return { kind: "repeat", of, ...counts }
  }

  #quantifier(): { min: number; max: number } | undefined {
    if (this.#accept("*")) return { min: 0, max: Number.POSITIVE_INFINITY }
    if (this.#accept("+")) return { min: 1, max: Number.POSITIVE_INFINITY }
    if (this.#accept("?")) return { min: 0, max: 1 }
    if (!this.#accept("{")) return undefined
    const min = this.#count()
    const max = !this.#accept(",") ? min : this.#peek() === "}" ? Number.POSITIVE_INFINITY : this.#count()
    if (!this.#accept("}") || min === undefined || max === undefined)
      throw this.#problem("a repetition is {n}, {n,} or {n,m}; write \\{ for the character")
    if (min > max) throw this.#problem("a repetition's first count is the smaller one")
    if (min > maxRepeat || (Number.isFinite(max) && max > maxRepeat))
      throw this.#problem(`a repetition counts up to ${maxRepeat}`)
    return { min, max }
  }

  #count(): number | undefined {
    let text = ""
    while (/^[0-9]$/.test(this.#peek() ?? "") && text.length < 6) text += this.#next()
    return text === "" ? undefined : Number(text)
  }

  #atom(): RegexTree {
    const character = this.#next()
    switch (character) {
      case "(":
        return this.#group()
      case "[":
        return { kind: "set", set: this.#class() }
      case ".":
        return { kind: "set", set: complement(this.#flags.dotAll ? [] : newline) }
      case "^":
        return { kind: "assert", place: this.#flags.lines ? "lineStart" : "textStart" }
      case "$":
        return { kind: "assert", place: this.#flags.lines ? "lineEnd" : "textEnd" }
      case "\\":
        return this.#escape()
      case "*":
      case "+":
      case "?":
      case "{":
        throw this.#problem(`"${character}" repeats nothing; write \\${character} for the character`)
      case "}":
      case "]":
        throw this.#problem(`"${character}" opens nothing; write \\${character} for the character`)
      default:
        return { kind: "set", set: this.#withCase([codePointOf(character)]) }
    }
  }

  #group(): RegexTree {
    if (this.#accept("?")) this.#groupKind()
    if (++this.#groups > maxGroups) throw this.#problem(`groups are nested deeper than ${maxGroups}`)
    const tree = this.#choice()
    if (!this.#accept(")")) throw this.#problem('a group is not closed; write \\( for the character "("')
    this.#groups--
    return tree
  }

  #groupKind(): void {
    const kind = this.#next()
    if (kind === ":") return
    if (kind === "=" || kind === "!") throw this.#problem("look-ahead is not portable")
    if (kind === "<" && (this.#peek() === "=" || this.#peek() === "!"))
      throw this.#problem("look-behind is not portable")
    if (kind === "<" || kind === "P") throw this.#problem("named groups are not portable; write (?:…)")
    throw this.#problem("of groups there are (…) and (?:…); flags go into $options")
  }

  #escape(): RegexTree {
    const character = this.#peek()
    if (character === "b" || character === "B") {
      this.#at++
      const place: RegexPlace = character === "b" ? "wordEdge" : "noWordEdge"
      return { kind: "assert", place }
    }
    const escaped = this.#escapedSet()
    return { kind: "set", set: typeof escaped === "number" ? this.#withCase([escaped]) : escaped }
  }

  /** What stands behind a backslash, in a class as outside: a code point, or a shorthand's set, which no flag changes. */
  #escapedSet(): number | CodePoints {
    const character = this.#next()
    if (Object.hasOwn(shorthands, character)) return shorthands[character] as CodePoints
    if (Object.hasOwn(controls, character)) return controls[character] as number
    if (character === "x") return this.#hexadecimal(2)
    if (character === "u") return this.#accept("{") ? this.#bracedHexadecimal() : this.#hexadecimal(4)
    if (/^[1-9k]$/.test(character)) throw this.#problem("back-references are not portable")
    if (/^[pP]$/.test(character)) throw this.#problem("\\p is not portable; write the ranges in […]")
    if (/^[A-Za-z0-9]$/.test(character))
      throw this.#problem(
        `\\${character} is not portable; there are \\d \\w \\s \\b, \\t \\n \\v \\f \\r, \\xHH, \\uHHHH and \\u{H}`,
      )
    return codePointOf(character)
  }

  #hexadecimal(length: number): number {
    const text = this.#characters.slice(this.#at, this.#at + length).join("")
    if (!new RegExp(`^[0-9A-Fa-f]{${length}}$`).test(text))
      throw this.#problem(`needs ${length} hexadecimal digits`)
    this.#at += length
    return this.#character(Number.parseInt(text, 16))
  }

  #bracedHexadecimal(): number {
    let text = ""
    while (/^[0-9A-Fa-f]$/.test(this.#peek() ?? "") && text.length < 7) text += this.#next()
    if (text === "" || !this.#accept("}")) throw this.#problem("needs hexadecimal digits, then }")
    return this.#character(Number.parseInt(text, 16))
  }

  #character(point: number): number {
    if (point > lastCodePoint || (point >= 0xd800 && point <= 0xdfff))
      throw this.#problem("is no character; write one beyond U+FFFF as \\u{H}")
    return point
  }

  #class(): CodePoints {
    const negated = this.#accept("^")
    const sets: CodePoints[] = []
    while (!this.#accept("]")) {
      const first = this.#classItem()
      if (this.#peek() === "-" && this.#characters[this.#at + 1] !== "]") {
        this.#at++
        const last = this.#classItem()
        if (typeof first !== "number" || typeof last !== "number")
          throw this.#problem("a range goes from one character to another; write \\- for the character")
        if (first > last) throw this.#problem("a range goes from the smaller to the greater character")
        sets.push(this.#withCaseOfRange(first, last))
      } else {
        sets.push(typeof first === "number" ? this.#withCase([first]) : first)
      }
    }
    if (sets.length === 0) throw this.#problem("a class is not empty; write \\[ for the character")
    const set = codePoints(sets.flat())
    const result = negated ? complement(set) : set
    if (result.length === 0) throw this.#problem("a class that nothing is in matches nothing")
    return result
  }

  #classItem(): number | CodePoints {
    const character = this.#peek()
    if (character === undefined) throw this.#problem("a class is not closed; write \\[ for the character")
    this.#at++
    if (character === "[") throw this.#problem("in a class, write \\[ for the character")
    if (character !== "\\") return codePointOf(character)
    if (this.#peek() === "b" || this.#peek() === "B") throw this.#problem("\\b has no place in a class")
    return this.#escapedSet()
  }

  #withCase(points: readonly number[]): CodePoints {
    const all = this.#flags.anyCase ? points.flatMap((point) => caseVariants(point)) : points
    return codePoints(all.map((point) => [point, point] as const))
  }

  #withCaseOfRange(first: number, last: number): CodePoints {
    if (!this.#flags.anyCase) return codePoints([[first, last]])
    this.#cased += last - first
    if (this.#cased > maxCased) throw this.#problem(`with i, ranges hold up to ${maxCased} characters`)
    const variants: [number, number][] = [[first, last]]
    for (let point = first; point <= last; point++) {
      if (point >= 0xd800 && point <= 0xdfff) continue
      for (const variant of caseVariants(point)) variants.push([variant, variant])
    }
    return codePoints(variants)
  }

  #peek(): string | undefined {
    return this.#characters[this.#at]
  }

  #next(): string {
    const character = this.#characters[this.#at++]
    if (character === undefined) throw this.#problem("the pattern ends too early")
    return character
  }

  #accept(character: string): boolean {
    if (this.#peek() !== character) return false
    this.#at++
    return true
  }

  #problem(problem: string): RegexProblem {
    return new RegexProblem(`character ${Math.min(this.#at, this.#characters.length)}: ${problem}`)
  }
}

function codePointOf(character: string): number {
  return character.codePointAt(0) as number
}
