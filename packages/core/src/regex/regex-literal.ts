import { type RegexTree, sequence } from "./regex-tree.ts"

/** A pattern that is no more than a text, where one is: at any place, or at the ends that it is tied to. */
interface RegexLiteral {
  readonly text: string
  readonly atStart: boolean
  readonly atEnd: boolean
}

export function regexLiteral(tree: RegexTree): RegexLiteral | undefined {
  const parts = [...partsOf(tree)]
  const atStart = isPlace(parts[0], "textStart")
  if (atStart) parts.shift()
  const atEnd = isPlace(parts.at(-1), "textEnd")
  if (atEnd) parts.pop()
  const text = leadingText(parts)
  return Array.from(text).length === parts.length ? { text, atStart, atEnd } : undefined
}

/** A pattern tied to the start, parted into the text that every match begins with and what comes behind; undefined where it is not tied. */
export function regexHead(
  tree: RegexTree,
): { readonly prefix: string; readonly rest: RegexTree } | undefined {
  const [first, ...others] = partsOf(tree)
  if (!isPlace(first, "textStart")) return undefined
  const prefix = leadingText(others)
  return { prefix, rest: sequence(others.slice(Array.from(prefix).length)) }
}

function partsOf(tree: RegexTree): readonly RegexTree[] {
  return tree.kind === "sequence" ? tree.parts : [tree]
}

function isPlace(tree: RegexTree | undefined, place: "textStart" | "textEnd"): boolean {
  return tree?.kind === "assert" && tree.place === place
}

/** The single characters at the head. */
function leadingText(parts: readonly RegexTree[]): string {
  let text = ""
  for (const part of parts) {
    const [range, ...more] = part.kind === "set" ? part.set : []
    if (range === undefined || more.length > 0 || range[0] !== range[1]) break
    text += String.fromCodePoint(range[0])
  }
  return text
}
