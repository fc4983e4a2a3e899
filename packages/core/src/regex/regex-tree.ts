import type { CodePoints } from "./code-points.ts"

/**
 * A pattern of the portable subset with its flags worked in: case is in the sets, `.` is a set, `^` and `$` say which they are.
 * Only whether a text holds a match is ever asked, so captures and greed are gone.
 */
export type RegexTree =
  | { readonly kind: "set"; readonly set: CodePoints } // one character out of these
  | { readonly kind: "sequence"; readonly parts: readonly RegexTree[] } // one after another; of none: the empty text
  | { readonly kind: "choice"; readonly arms: readonly RegexTree[] } // one of these
  | { readonly kind: "repeat"; readonly of: RegexTree; readonly min: number; readonly max: number } // max may be Infinity
  | { readonly kind: "assert"; readonly place: RegexPlace } // a place between characters

/** The places that an assertion can ask for. A word is of ASCII letters, digits and `_`. */
export type RegexPlace = "textStart" | "textEnd" | "lineStart" | "lineEnd" | "wordEdge" | "noWordEdge"

/** Sequences in a sequence become one. */
export function sequence(parts: readonly RegexTree[]): RegexTree {
  const flat = parts.flatMap((part) => (part.kind === "sequence" ? part.parts : [part]))
  return flat.length === 1 ? (flat[0] as RegexTree) : { kind: "sequence", parts: flat }
}
