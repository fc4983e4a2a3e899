import { type Batch, compareDocuments } from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { joinAnswers } from "./join-answers.ts"
import { mergeAnswers } from "./merge-answers.ts"

const doc = (id: string, n: number) => ({ _id: id, n })

/** An answer in batches of two, which says when it was begun and ended. */
function answer(log: string[], name: string, ...documents: ReturnType<typeof doc>[]) {
  return async function* (): AsyncGenerator<Batch> {
    log.push(`+${name}`)
    try {
      for (let i = 0; i < documents.length; i += 2) {
        const batch = documents.slice(i, i + 2)
        yield { documents: batch, revisions: batch.map(({ _id }) => `r${_id}`) }
      }
    } finally {
      log.push(`-${name}`)
    }
  }
}

async function all(batches: AsyncIterable<Batch>): Promise<string[]> {
  const found: string[] = []
  for await (const { documents, revisions } of batches) {
    for (const [i, document] of documents.entries()) {
      expect(revisions?.[i]).toBe(`r${document["_id"]}`)
      found.push(String(document["_id"]))
    }
  }
  return found
}

describe("joinAnswers", () => {
  test("each document once, the window over all", async () => {
    const log: string[] = []
    const answers = [
      answer(log, "1", doc("a", 1), doc("b", 1), doc("c", 1)),
      answer(log, "2", doc("b", 1), doc("d", 1), doc("e", 1)),
      answer(log, "3", doc("f", 1)),
    ]
    expect(await all(joinAnswers(answers, { skip: 1, limit: 3 }))).toEqual(["b", "c", "d"])
    expect(log).toEqual(["+1", "-1", "+2", "-2"])
    expect(await all(joinAnswers(answers, { skip: 0 }))).toEqual(["a", "b", "c", "d", "e", "f"])
  })
})

describe("mergeAnswers", () => {
  const order = compareDocuments([
    { path: ["n"], direction: -1 },
    { path: ["_id"], direction: -1 },
  ])

  test("in the order, each document once, and all ended", async () => {
    const log: string[] = []
    const open = () =>
      [
        answer(log, "1", doc("z", 9), doc("c", 5), doc("b", 5), doc("a", 1)),
        answer(log, "2", doc("y", 9), doc("c", 5), doc("d", 2)),
        answer(log, "3"),
      ].map((make) => make())
    expect(await all(mergeAnswers(open(), order, { skip: 0 }))).toEqual(["z", "y", "c", "b", "d", "a"])
    expect(await all(mergeAnswers(open(), order, { skip: 1, limit: 2 }))).toEqual(["y", "c"])
    expect(log.filter((line) => line.startsWith("-")).length).toBe(6)
  })
})
