import fc, { type Arbitrary } from "fast-check"

// Only what JavaScript's RegExp with the `u` flag and every store's engine read alike: literals, classes, groups, anchors, alternation.
// Not generated: case folding beyond ASCII, line ends other than \n, text that ends in \n.

const literal = fc.constantFrom(
  "a",
  "b",
  "c",
  "A",
  "0",
  "\uFF5E",
  "\u{1F600}",
  "é",
  "\\.",
  "\\+",
  "\\$",
  " ",
  "\\n",
  "\\\\",
  "\\[",
)
const charClass = fc.constantFrom("[ab]", "[a-c]", "[^a]", "[0-9]", "[A-Z]", "[^\\n]", "[.]")
const atom = fc.oneof(
  { weight: 4, arbitrary: literal },
  { weight: 2, arbitrary: charClass },
  { weight: 1, arbitrary: fc.constantFrom(".", "(?:a|ab)", "(b|c)", "(?:a|\u{1F600})") },
)
const piece = fc
  .tuple(atom, fc.constantFrom("", "", "", "*", "+", "?", "{1,2}", "{2}"))
  .map(([one, repeat]) => one + repeat)
const sequence = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(""))
const branches = fc.array(sequence, { minLength: 1, maxLength: 2 }).map((all) => all.join("|"))

export const pattern: Arbitrary<string> = fc
  .tuple(fc.constantFrom("", "^"), branches, fc.constantFrom("", "$"))
  .map(([start, middle, end]) =>
    middle.includes("|") ? `${start}(?:${middle})${end}` : start + middle + end,
  )

export const flags: Arbitrary<string> = fc.constantFrom("", "", "i", "m", "s", "im", "is", "ims")
