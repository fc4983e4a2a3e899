import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { CodePoints } from "./code-points.ts"
import { compileRegex } from "./compile-regex.ts"
import { parseRegex } from "./parse-regex.ts"
import type { RegexTree } from "./regex-tree.ts"

const matches = (pattern: string, text: string, flags = "") => compileRegex(parseRegex(pattern, flags))(text)

describe("compileRegex", () => {
  test.each<[pattern: string, flags: string, text: string, expected: boolean]>([
    ["", "", "", true],
    ["b", "", "abc", true],
    ["^b", "", "abc", false],
    ["^ab", "", "abc", true],
    ["bc$", "", "abc", true],
    ["^abc$", "", "abc\n", false],
    ["c$", "", "abc\n", false],
    ["c$", "m", "abc\n", true],
    ["^$", "", "", true],
    ["^$", "m", "a\n\nb", true],
    ["^", "m", "a\n", true],
    ["^$", "m", "a\n", true],
    ["a.c", "", "a\nc", false],
    ["a.c", "", "a\rc", true],
    ["a.c", "", "a\u2028c", true],
    ["a.c", "s", "a\nc", true],
    ["^.$", "", "\u{1F600}", true],
    ["^[\u{1F600}-\u{1F64F}]$", "", "\u{1F601}", true],
    ["\\bcat\\b", "", "a cat.", true],
    ["\\bcat\\b", "", "concat", false],
    ["\\Bcat", "", "concat", true],
    ["\\bé", "", "é", false],
    ["\\w", "", "é", false],
    ["\\d", "", "\u0663", false],
    ["\\s", "", "\u00A0", false],
    ["straße", "i", "STRAẞE", true],
    ["k", "i", "\u212A", true],
    ["\\w", "i", "\u212A", false],
    ["^(a|ab)(c|bcd)$", "", "abcd", true],
    ["^(a*)*$", "", "aaaa", true],
    ["^(?:a?){3}b$", "", "aab", true],
    ["^a{2,3}$", "", "aaaa", false],
    ["x*", "", "aaa", true],
  ])("%j with %j on %j is %s", (pattern, flags, text, expected) => {
    expect(matches(pattern, text, flags)).toBe(expected)
  })

  test("answers as the language's own engine does, on random patterns and texts", () => {
    fc.assert(
      fc.property(patterns, fc.subarray(["i", "m", "s"]), texts, (pattern, flags, text) => {
        const tree = parseRegex(pattern, flags.join(""))
        expect(compileRegex(tree)(text)).toBe(native(tree).test(text))
      }),
      { numRuns: 3000 },
    )
  })

  test("time grows with the text only: what makes others backtrack for ever is done at once", () => {
    const start = performance.now()
    expect(matches("^(?:a+)+$", `${"a".repeat(50_000)}b`)).toBe(false)
    expect(matches("(?:x+x+)+y", "x".repeat(50_000))).toBe(false)
    expect(matches("^(?:a?){30}a{30}$", "a".repeat(30))).toBe(true)
    expect(performance.now() - start).toBeLessThan(5000)
  })

  test("a pattern that needs more states than are kept still answers", () => {
    const test = compileRegex(parseRegex("[ab]*a[ab]{14}c", ""))
    const text = Array.from({ length: 40_000 }, (_, i) => ((i * 7919) % 13 < 6 ? "a" : "b")).join("")
    expect(test(text)).toBe(false)
    expect(test(`${text}a${"b".repeat(14)}c`)).toBe(true)
  })
})

/** Few letters, so that texts and patterns meet; case, lines, words and a pair of surrogates among them. */
const letter = fc.constantFrom("a", "b", "B", "k", "\u212A", "_", "1", " ", "\n", "é", "\u{1F600}")
const texts = fc.array(letter, { maxLength: 12 }).map((letters) => letters.join(""))

const { pattern: patterns } = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 3 },
    letter,
    fc.constantFrom(".", "\\w", "\\W", "\\d", "\\s", "[ab]", "[^a]", "[a-k\\d]", "[^\\w\\n]", "(?:a|b|)"),
    fc.constantFrom("^", "$", "\\b", "\\B").map((place) => `(?:${place}|_)`),
    tie("pattern").map((inner) => `(?:${inner})`),
  ),
  pattern: fc
    .array(
      fc.tuple(
        fc.oneof({ arbitrary: tie("atom"), weight: 4 }, fc.constantFrom("^", "$", "\\b", "\\B", "|")),
        fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{1,2}", "{2,}"),
      ),
      { maxLength: 4 },
    )
    .map((parts) =>
      parts.map(([atom, count]) => atom + (/^(?:[|^$]|\\[bB])$/.test(atom) ? "" : count)).join(""),
    ),
}))

/** Searches from the start on by whole characters: V8 otherwise also finds empty matches between the halves of a surrogate pair. */
function native(tree: RegexTree): RegExp {
  return new RegExp(`^[^]*?(?:${printNative(tree)})`, "u")
}

/** The tree for the language's own engine, which is asked nothing but sets, groups, counts and looks around. */
function printNative(tree: RegexTree): string {
  switch (tree.kind) {
    case "set":
      return printSet(tree.set)
    case "sequence":
      return tree.parts.map((part) => `(?:${printNative(part)})`).join("")
    case "choice":
      return tree.arms.map(printNative).join("|")
    case "repeat":
      return `(?:${printNative(tree.of)}){${tree.min},${Number.isFinite(tree.max) ? tree.max : ""}}`
    case "assert":
      return {
        textStart: "^",
        textEnd: "$",
        lineStart: "(?<![^\\n])",
        lineEnd: "(?![^\\n])",
        wordEdge: "\\b",
        noWordEdge: "\\B",
      }[tree.place]
  }
}

function printSet(set: CodePoints): string {
  const hex = (point: number) => `\\u{${point.toString(16)}}`
  return `[${set.map(([first, last]) => `${hex(first)}-${hex(last)}`).join("")}]`
}
