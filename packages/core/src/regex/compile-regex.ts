import { regexLiteral, regexPrefix } from "./regex-literal.ts"
import { RegexMachine } from "./regex-machine.ts"
import type { RegexTree } from "./regex-tree.ts"

/**
 * Compiles a pattern to the test whether a text holds a match. Its time grows with the text's length only, whatever the pattern:
 * nothing backtracks. Patterns that are mere texts take the engine's own search.
 */
export function compileRegex(tree: RegexTree): (text: string) => boolean {
  const literal = regexLiteral(tree)
  if (literal === undefined) {
    const machine = new RegexMachine(tree, regexPrefix(tree) === undefined)
    return (text) => machine.test(text)
  }
  const { text: wanted, atStart, atEnd } = literal
  if (atStart && atEnd) return (text) => text === wanted
  if (atStart) return (text) => text.startsWith(wanted)
  return atEnd ? (text) => text.endsWith(wanted) : (text) => text.includes(wanted)
}
