import type { Document } from "@nosql/core"
import { connect } from "@nosql/core"
import { compileFilter, regex } from "@nosql/core/driver"
import { mongodb } from "@nosql/driver-mongodb"
import fc from "fast-check"
import { describe, expect, inject, test } from "vitest"

const uri = inject("mongodbUri")
const database = `regex-${process.pid}`

const letters = [
  "a",
  "b",
  "B",
  "k",
  "K",
  "\u212A",
  "s",
  "\u017F",
  "_",
  "1",
  " ",
  "\n",
  "\r",
  "é",
  "É",
  "\u03C3",
  "\u03C2",
  "\u{1F600}",
  "-",
  "]",
]
const atom = fc.oneof(
  fc.constantFrom(...letters.map((letter) => letter.replace(/[-\]]/, "\\$&"))),
  fc.constantFrom(
    ".",
    "\\w",
    "\\W",
    "\\d",
    "\\D",
    "\\s",
    "\\S",
    "[ab]",
    "[^a]",
    "[a-z\\d]",
    "[^\\w\\n]",
    "[À-ÿ]",
    "(?:a|b|)",
  ),
)
const part = fc.oneof(
  { arbitrary: fc.tuple(atom, fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,2}", "{0,2}")), weight: 4 },
  { arbitrary: fc.tuple(fc.constantFrom("^", "$", "\\b", "\\B", "|"), fc.constant("")), weight: 1 },
)
const patterns = fc
  .tuple(fc.constantFrom("", "^"), fc.array(part, { minLength: 1, maxLength: 5 }))
  .map(([start, parts]) => start + parts.flat().join(""))
const texts = fc.array(fc.constantFrom(...letters), { maxLength: 6 }).map((characters) => characters.join(""))

/** The whole subset, where engines are known to differ, against the server's PCRE. `RUNS` and `SEED` as in the random suites. */
describe.skipIf(uri === "")("regular expressions mean the same in process and on the server", () => {
  test("on random patterns and texts", async () => {
    const store = await connect(mongodb({ uri, database }))
    const stored = fc
      .sample(texts, { numRuns: 400, seed: 1 })
      .map((s, i): Document => ({ _id: String(i), s }))
    const collection = store.collection<Document>("texts")
    const indexed = store.collection<Document>("indexed-texts")
    try {
      await collection.insertMany(stored)
      await indexed.createIndex({ keys: { s: 1 } })
      await indexed.insertMany(stored)
      await fc.assert(
        fc.asyncProperty(patterns, fc.subarray(["i", "m", "s"]), async (pattern, flags) => {
          const $options = flags.join("")
          const expected = stored.filter(compileFilter(regex(["s"], pattern, $options)))
          for (const target of [collection, indexed]) {
            const found = await target.find({ s: { $regex: pattern, $options } }).toArray()
            expect(found.map(({ _id }) => _id).sort()).toEqual(expected.map(({ _id }) => _id).sort())
          }
        }),
        {
          numRuns: Number(process.env["RUNS"] ?? 150),
          ...(process.env["SEED"] === undefined ? {} : { seed: Number(process.env["SEED"]) }),
        },
      )
    } finally {
      await store.dropCollection("texts")
      await store.dropCollection("indexed-texts")
      await store.close()
    }
  })
})
