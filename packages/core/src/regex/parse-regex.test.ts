import { describe, expect, test } from "vitest"
import { parseRegex, RegexProblem } from "./parse-regex.ts"
import { printPcre } from "./print-pcre.ts"

const print = (pattern: string, flags = "") => printPcre(parseRegex(pattern, flags))

describe("patterns, as PCRE reads them", () => {
  test.each([
    ["", "", ""],
    ["abc", "", "abc"],
    ["^abc$", "", "^abc\\z"],
    ["^a$", "m", "(?<![^\\n])a(?![^\\n])"],
    ["a.c", "", "a[^\\n]c"],
    ["a.c", "s", "a(?s:.)c"],
    ["a|b|", "", "(?:a|b|)"],
    ["x(a|b)y", "", "x(?:a|b)y"],
    ["x(?:ab)y", "", "xaby"],
    ["(a|b)", "", "(?:a|b)"],
    ["a*b+c?d{2}e{2,}f{2,3}g{0,1}h{1,1}", "", "(?:a)*b+(?:c)?d{2}e{2,}f{2,3}(?:g)?h{1}"],
    ["a*?b+?c{2,3}?", "", "(?:a)*b+c{2,3}"],
    ["(ab)*(a|b)+(a*)*", "", "(?:ab)*(?:a|b)+(?:(?:a)*)*"],
    ["(?:)*", "", "(?:)*"],
    ["^é?\\??[é]+[^é]*", "", "^(?:é)?(?:\\?)?é+[^é]*"],
    ["^ab{0,2}", "", "^a(?:b){0,2}"],
    ["\\d\\D\\w\\W", "", "[0-9][^0-9][0-9A-Z_a-z][^0-9A-Z_a-z]"],
    ["\\s\\S", "", "[\\x{9}-\\x{d} ][^\\x{9}-\\x{d} ]"],
    ["\\bword\\B", "", "\\bword\\B"],
    ["[a-c-]", "", "[\\-a-c]"],
    ["[-a]", "", "[\\-a]"],
    ["[^\\n]", "", "[^\\n]"],
    ["[a-cb-fx]", "", "[a-fx]"],
    ["[ab]", "", "[ab]"],
    ["[\\d_]", "", "[0-9_]"],
    ["[^\\D]", "", "[0-9]"],
    ["[\\s\\S]", "", "(?s:.)"],
    ["[^\\uE000-\\uFFFF]", "", "[^\\x{e000}-\\x{ffff}]"],
    ["[.*+?(){|}^$/]", "", "[\\$\\(-\\+\\.\\/\\?\\^\\{-\\}]"],
    ["\\.\\*\\[\\]\\{\\}\\^\\$\\\\\\/\\-", "", "\\.\\*\\[\\]\\{\\}\\^\\$\\\\\\/\\-"],
    ["a-b@c#d e", "", "a\\-b\\@c\\#d e"],
    ["\\t\\n\\v\\f\\r\\x41\\u00e9\\u{1F600}\\x00", "", "\\x{9}\\n\\x{b}\\x{c}\\x{d}Aé\u{1F600}\\x{0}"],
    ["é\u{1F600}", "", "é\u{1F600}"],
    ["a\u0301\u200b", "", "a\\x{301}\\x{200b}"],
    ["aB1", "i", "[Aa][Bb]1"],
    ["Sk", "i", "[Ss\u017F][Kk\u212A]"],
    ["é", "i", "[Éé]"],
    ["[^a]", "i", "[^Aa]"],
    ["[a-c]", "i", "[A-Ca-c]"],
    ["\\w[\\W]", "i", "[0-9A-Z_a-z][^0-9A-Z_a-z]"],
    ["\\x61", "i", "[Aa]"],
  ])("%j with %j is %s", (pattern, flags, printed) => {
    expect(print(pattern, flags)).toBe(printed)
  })
})

describe("what is not portable is refused, with the place and the remedy", () => {
  test.each([
    ["(?=a)", "look-ahead"],
    ["a(?!b)", "character 4: look-ahead"],
    ["(?<=a)b", "look-behind"],
    ["(?<!a)b", "look-behind"],
    ["(?<name>a)", "named groups"],
    ["(?P<name>a)", "named groups"],
    ["(?i)a", "flags go into $options"],
    ["(?>a)", "of groups"],
    ["(a)\\1", "back-references"],
    ["\\k<a>", "back-references"],
    ["\\p{L}", "\\p is not portable"],
    ["\\Aa\\z", "\\A is not portable"],
    ["\\Qa\\E", "\\Q is not portable"],
    ["\\0", "\\0 is not portable"],
    ["a++", "possessive"],
    ["a**", "put it into (?:…)"],
    ["a{2}{3}", "put it into (?:…)"],
    ["^*", "a place"],
    ["*a", "repeats nothing"],
    ["+", "repeats nothing"],
    ["a|?", "repeats nothing"],
    ["{2}", "repeats nothing"],
    ["a{", "a repetition is"],
    ["a{,2}", "a repetition is"],
    ["a{2,1}", "the smaller one"],
    ["a{1001}", "up to 1000"],
    ["(?:a{1000}){1000}", "repeats too much"],
    ["(a", "a group is not closed"],
    ["a)", "closes no group"],
    ["[a", "a class is not closed"],
    ["[]", "not empty"],
    ["[b-a]", "smaller to the greater"],
    ["[\\d-z]", "one character to another"],
    ["[[a]", "write \\["],
    ["[\\b]", "no place in a class"],
    ["[^\\s\\S]", "matches nothing"],
    ["]", "opens nothing"],
    ["}", "opens nothing"],
    ["\\", "ends too early"],
    ["\\x4", "2 hexadecimal digits"],
    ["\\u12", "4 hexadecimal digits"],
    ["\\u{110000}", "no character"],
    ["\\uD83D\\uDE00", "no character"],
    ["a".repeat(1001), "longer than 1000"],
    ["(".repeat(60) + ")".repeat(60), "nested deeper"],
  ])("%s", (pattern, problem) => {
    expect(() => parseRegex(pattern, "")).toThrow(RegexProblem)
    expect(() => parseRegex(pattern, "")).toThrow(problem)
  })

  test("ranges over most of Unicode have no use with i", () => {
    expect(() => parseRegex("[\\u0000-\\u{10FFFF}]", "i")).toThrow("with i, ranges hold up to 100000")
    expect(print("[\\u0000-\\u{10FFFF}]")).toBe("(?s:.)")
  })
})
