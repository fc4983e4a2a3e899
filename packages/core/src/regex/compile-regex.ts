import { regexHead, regexLiteral } from "./regex-literal.ts"
import { RegexMachine } from "./regex-machine.ts"
import type { RegexTree } from "./regex-tree.ts"

/**
 * Compiles a pattern to the test whether a text holds a match. Its time grows with the text's length only, whatever the pattern:
 * nothing backtracks. Patterns that are mere texts take the engine's own search.
 */
export function compileRegex(tree: RegexTree): (text: string) => boolean {
  const literal = regexLiteral(tree)
  if (literal === undefined) {
    const head = regexHead(tree)
    if (head === undefined) {
      const machine = new RegexMachine(tree)
      return (text) => machine.test(text, 0)
    }
    const { prefix, rest } = head
    const machine = new RegexMachine(rest, prefix)
    return (text) => text.startsWith(prefix) && machine.test(text, prefix.length)
  }
  const { text: wanted, atStart, atEnd } = literal
  if (atStart && atEnd) return (text) => text === wanted
  if (atStart) return (text) => text.startsWith(wanted)
  return atEnd ? (text) => text.endsWith(wanted) : (text) => text.includes(wanted)
}
