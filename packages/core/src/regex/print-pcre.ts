import { assertNever } from "@nosql/contracts"
import { type CodePoints, complement, lastCodePoint } from "./code-points.ts"
import type { RegexPlace, RegexTree } from "./regex-tree.ts"

/**
 * The pattern for a PCRE engine in UTF mode, without flags: case is spelled out, `$` and `.` depend on no setting, so that every server answers alike.
 * `^` at the head stays as it is: MongoDB takes an index's range from it.
 */
export function printPcre(tree: RegexTree): string {
  // At the top alternatives stand in a group as well: DocumentDB would take the first one's head for an index's range.
  return tree.kind === "choice" ? group(tree) : print(tree)
}

function print(tree: RegexTree): string {
  switch (tree.kind) {
    case "set":
      return printSet(tree.set)
    case "sequence":
      return tree.parts.map((part) => (part.kind === "choice" ? group(part) : print(part))).join("")
    case "choice":
      return tree.arms.map(print).join("|")
    case "repeat":
      return printRepeated(tree.of, tree.min, printCounts(tree.min, tree.max))
    case "assert":
      return places[tree.place]
    default:
      return assertNever(tree)
  }
}

/**
 * A character that may be absent stands in a group. MongoDB takes the text behind `^` for an index's range; before `?` and `*` it takes back one byte,
 * which is not the whole character beyond ASCII, before `{0,2}` nothing, and DocumentDB never does.
 */
function printRepeated(tree: RegexTree, min: number, counts: string): string {
  const text = tree.kind === "set" ? printSet(tree.set) : group(tree)
  return (min === 0 && !text.startsWith("[") && !text.startsWith("(") ? group(tree) : text) + counts
}

function group(tree: RegexTree): string {
  return `(?:${print(tree)})`
}

/** `$` of PCRE also stands before a last newline, and its multiline `^` not behind a last one: neither is used. */
const places = {
  textStart: "^",
  textEnd: "\\z",
  lineStart: "(?<![^\\n])",
  lineEnd: "(?![^\\n])",
  wordEdge: "\\b",
  noWordEdge: "\\B",
} as const satisfies Record<RegexPlace, string>

function printCounts(min: number, max: number): string {
  if (max === 1 && min === 0) return "?"
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`
  return min === max ? `{${min}}` : `{${min},${max}}`
}

function printSet(set: CodePoints): string {
  const [only] = set
  if (only !== undefined && set.length === 1 && only[0] === only[1]) return printCharacter(only[0])
  if (set.at(-1)?.[1] !== lastCodePoint) return `[${printRanges(set)}]`
  const others = complement(set)
  return others.length === 0 ? "(?s:.)" : `[^${printRanges(others)}]`
}

function printRanges(set: CodePoints): string {
  return set
    .map(([first, last]) => {
      if (first === last) return printCharacter(first)
      return `${printCharacter(first)}${last === first + 1 ? "" : "-"}${printCharacter(last)}`
    })
    .join("")
}

/** Letters, digits and visible signs as they are, punctuation behind a backslash, the rest by number. */
function printCharacter(point: number): string {
  const character = String.fromCodePoint(point)
  if (/^[A-Za-z0-9_ ]$/.test(character)) return character
  if (point > 0x20 && point < 0x7f) return `\\${character}`
  if (point === 0x0a) return "\\n"
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) ? character : `\\x{${point.toString(16)}}`
}
