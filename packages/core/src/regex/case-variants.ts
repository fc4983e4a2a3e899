/**
 * Where Unicode's simple case folding is more than "the letter, its upper and its lower case". Each string is one class of equal letters.
 * Source: https://www.unicode.org/Public/17.0.0/ucd/CaseFolding.txt (statuses C and S).
 */
const classes: readonly string[] = [
  "Kk\u212A Ss\u017F \u00B5\u039C\u03BC \u00C5\u00E5\u212B \u00DF\u1E9E \u0131 \u01C4\u01C5\u01C6 \u01C7\u01C8\u01C9 \u01CA\u01CB\u01CC \u01F1\u01F2\u01F3",
  "\u0345\u0399\u03B9\u1FBE \u0390\u1FD3 \u0392\u03B2\u03D0 \u0395\u03B5\u03F5 \u0398\u03B8\u03D1\u03F4 \u039A\u03BA\u03F0 \u03A0\u03C0\u03D6 \u03A1\u03C1\u03F1",
  "\u03A3\u03C2\u03C3 \u03A6\u03C6\u03D5 \u03A9\u03C9\u2126 \u03B0\u1FE3 \u0412\u0432\u1C80 \u0414\u0434\u1C81 \u041E\u043E\u1C82 \u0421\u0441\u1C83 \u0422\u0442\u1C84\u1C85",
  "\u042A\u044A\u1C86 \u0462\u0463\u1C87 \u1C88\uA64A\uA64B \u1E60\u1E61\u1E9B \u1F80\u1F88 \u1F81\u1F89 \u1F82\u1F8A \u1F83\u1F8B \u1F84\u1F8C \u1F85\u1F8D \u1F86\u1F8E",
  "\u1F87\u1F8F \u1F90\u1F98 \u1F91\u1F99 \u1F92\u1F9A \u1F93\u1F9B \u1F94\u1F9C \u1F95\u1F9D \u1F96\u1F9E \u1F97\u1F9F \u1FA0\u1FA8 \u1FA1\u1FA9 \u1FA2\u1FAA \u1FA3\u1FAB",
  "\u1FA4\u1FAC \u1FA5\u1FAD \u1FA6\u1FAE \u1FA7\u1FAF \u1FB3\u1FBC \u1FC3\u1FCC \u1FF3\u1FFC \uFB05\uFB06",
].flatMap((line) => line.split(" "))

const classOf: ReadonlyMap<string, string> = new Map(
  classes.flatMap((letters) => Array.from(letters, (letter) => [letter, letters] as const)),
)

/** The code points that a letter equals when case does not matter, itself among them. */
export function caseVariants(point: number): readonly number[] {
  const letter = String.fromCodePoint(point)
  const letters = classOf.get(letter)
  if (letters !== undefined) return Array.from(letters, codePointOf)
  const lower = letter.toLowerCase()
  const upper = letter.toUpperCase()
  if (lower === upper) return [point]
  // A mapping to several characters (ŉ, İ) is not a simple folding.
  return [...new Set([letter, lower, upper])].filter(isOneCodePoint).map(codePointOf)
}

function codePointOf(letter: string): number {
  return letter.codePointAt(0) as number
}

function isOneCodePoint(text: string): boolean {
  return text.length === String.fromCodePoint(codePointOf(text)).length
}
