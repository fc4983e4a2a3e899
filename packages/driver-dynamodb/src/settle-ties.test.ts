import { describe, expect, test } from "vitest"
import { keysOf } from "../test/indexes.ts"
import type { SettledRead } from "./dynamo-read.ts"
import type { Found } from "./read-context.ts"
import { settleTies } from "./settle-ties.ts"

const read = {
  kind: "settled",
  read: { kind: "pages", operation: "Query", input: { TableName: "t" }, filtered: false },
  key: ["at"],
  sort: keysOf("at _id-"),
} as const satisfies SettledRead

async function* pages(...found: readonly string[]): AsyncGenerator<Found> {
  for (const page of found) {
    const documents = page.split(" ").map((text) => ({ at: Number(text[0]), _id: text }))
    yield { documents, items: documents.map(({ _id }) => ({ _id: { S: _id } })) }
  }
}

async function settled(options: Partial<SettledRead>, ...found: readonly string[]): Promise<string> {
  const ids: unknown[] = []
  for await (const { documents, items } of settleTies(pages(...found), { ...read, ...options })) {
    expect(items.map((item) => item["_id"]?.S)).toEqual(documents.map(({ _id }) => _id))
    ids.push(...documents.map(({ _id }) => _id))
  }
  return ids.join(" ")
}

describe("settleTies", () => {
  test("documents of one key are ordered by the rest of the sort, across pages", async () => {
    expect(await settled({}, "1a 2b 2a", "2d 2c", "3a")).toBe("1a 2d 2c 2b 2a 3a")
  })

  test("no more than are wanted, and no page more", async () => {
    expect(await settled({ take: 3 }, "1a 2b 2a", "2d 3a", "nothing read")).toBe("1a 2d 2b")
  })

  test("what is not behind the position is left out", async () => {
    expect(await settled({ after: [2, "2c"] }, "2b 2a", "2d 2c 3a")).toBe("2b 2a 3a")
  })
})
