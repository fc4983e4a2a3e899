import { assertNever } from "@nosql/contracts"
import type { CodePoints } from "./code-points.ts"
import type { RegexPlace, RegexTree } from "./regex-tree.ts"

/** One instruction of a nondeterministic machine; numbers are positions in the program. */
type Instruction =
  | { readonly kind: "match" }
  | { readonly kind: "set"; readonly set: CodePoints; readonly next: number } // take one character
  | { readonly kind: "assert"; readonly place: RegexPlace; readonly next: number }
  | { readonly kind: "split"; readonly nexts: readonly number[] } // go on at each of these

export interface RegexProgram {
  readonly instructions: readonly Instruction[]
  readonly start: number
}

/** Lays a tree out as a program, from its end to its start: each part is told what comes behind it. */
export function regexProgram(tree: RegexTree): RegexProgram {
  const instructions: Instruction[] = [{ kind: "match" }]
  const add = (instruction: Instruction) => instructions.push(instruction) - 1
  const lay = (part: RegexTree, next: number): number => {
    switch (part.kind) {
      case "set":
        return add({ kind: "set", set: part.set, next })
      case "assert":
        return add({ kind: "assert", place: part.place, next })
      case "sequence":
        return part.parts.reduceRight((behind, inner) => lay(inner, behind), next)
      case "choice":
        return add({ kind: "split", nexts: part.arms.map((arm) => lay(arm, next)) })
      case "repeat":
        return layRepeat(part.of, part.min, part.max, next)
      default:
        return assertNever(part)
    }
  }
  const layRepeat = (of: RegexTree, min: number, max: number, next: number): number => {
    let start = next
    if (max === Number.POSITIVE_INFINITY) {
      const nexts = [next]
      start = add({ kind: "split", nexts })
      nexts.push(lay(of, start))
    } else {
      for (let i = min; i < max; i++) start = add({ kind: "split", nexts: [lay(of, start), next] })
    }
    for (let i = 0; i < min; i++) start = lay(of, start)
    return start
  }
  const start = lay(tree, 0)
  return { instructions, start }
}
