import { expect, test } from "vitest"
import { caseVariants } from "./case-variants.ts"

test("letters equal those that the engine's own /iu folds together, over all of Unicode", () => {
  const cased: number[] = []
  for (let point = 0; point < 0x20000; point++) {
    if (/[\p{Cased}\p{Changes_When_Casemapped}]/u.test(String.fromCodePoint(point))) cased.push(point)
  }
  expect(cased.length).toBeGreaterThan(2000)
  const all = String.fromCodePoint(...cased)
  const differing = cased.filter((point) => {
    const engine = all
      .match(new RegExp(String.fromCodePoint(point), "giu"))
      ?.sort()
      .join("")
    const own = caseVariants(point)
      .map((variant) => String.fromCodePoint(variant))
      .sort()
    return own.join("") !== engine
  })
  expect(differing).toEqual([])
})

test("what has no case equals itself only", () => {
  expect(caseVariants(0x31)).toEqual([0x31])
  expect(caseVariants(0x130)).toEqual([0x130])
  expect(caseVariants(0x4e00)).toEqual([0x4e00])
})
