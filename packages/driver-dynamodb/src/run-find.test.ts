import type { Document } from "@nosql/contracts"
import type { ReadCall } from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { keysOf } from "../test/indexes.ts"
import { readingBy } from "../test/reading-by.ts"
import type { DynamoRead, PagesRead } from "./dynamo-read.ts"
import { idKey, itemOf } from "./item-codec.ts"
import { runCount, runFind } from "./run-find.ts"
import type { Attributes } from "./value-codec.ts"

type Answer = object | (() => Promise<object>)

/** A client that gives these answers one after the other, and notes what it was asked. */
function answering(...answers: readonly Answer[]) {
  const asked: Record<string, unknown>[] = []
  const send = async (name: string, input: object): Promise<object> => {
    asked.push({ name, ...input })
    const answer = answers[asked.length - 1]
    if (answer === undefined) throw new Error("asked too often")
    return typeof answer === "function" ? (answer as () => Promise<object>)() : answer
  }
  return { requests: { send: send as never, read: readingBy(send as never) }, asked }
}

function itemsOf(...ids: readonly string[]): Attributes[] {
  return ids.map((_id) => itemOf({ _id }, { _nosql_rev: { N: "1" } }))
}

const call: ReadCall = { operation: "find" }

async function idsOf(requests: never, read: DynamoRead, options = call): Promise<string[]> {
  const found: Document[] = []
  for await (const { documents } of runFind({ read: readingBy(requests) }, read, "things", options))
    found.push(...documents)
  return found.map(({ _id }) => _id as string)
}

const pages = (more: Partial<PagesRead> = {}): PagesRead => ({
  kind: "pages",
  operation: "Scan",
  input: { TableName: "t" },
  filtered: false,
  ...more,
})

describe("pages", () => {
  test("an empty page is not the last, and each goes on where the one before ended", async () => {
    const { requests, asked } = answering(
      { Items: [], LastEvaluatedKey: idKey("a") },
      { Items: itemsOf("b"), LastEvaluatedKey: idKey("b") },
      { Items: [] },
    )
    expect(await idsOf(requests.send, pages())).toEqual(["b"])
    expect(asked).toEqual([
      { name: "Scan", TableName: "t" },
      { name: "Scan", TableName: "t", ExclusiveStartKey: idKey("a") },
      { name: "Scan", TableName: "t", ExclusiveStartKey: idKey("b") },
    ])
  })

  test("where a page is found whole, the next asks for what is missing, and no more is asked than taken", async () => {
    const { requests, asked } = answering(
      { Items: itemsOf("a", "b"), LastEvaluatedKey: idKey("b") },
      { Items: itemsOf("c", "d", "e"), LastEvaluatedKey: idKey("e") },
    )
    const read = pages({ take: 4, input: { TableName: "t", Limit: 4 } })
    expect(await idsOf(requests.send, read)).toEqual(["a", "b", "c", "d"])
    expect(asked.map(({ Limit }) => Limit)).toEqual([4, 2])
  })

  test("where a filter leaves little, the pages grow", async () => {
    const more = { Items: [], LastEvaluatedKey: idKey("a") }
    const { requests, asked } = answering(more, more, more, more, { Items: [] })
    await idsOf(requests.send, pages({ filtered: true, input: { TableName: "t", Limit: 50 } }))
    expect(asked.map(({ Limit }) => Limit)).toEqual([50, 200, 800, undefined, undefined])
  })

  test("where everything is wanted, the next page is on its way, and its failure is nobody's if nobody comes for it", async () => {
    const { requests, asked } = answering({ Items: itemsOf("a"), LastEvaluatedKey: idKey("a") }, () =>
      Promise.reject(new Error("too late")),
    )
    for await (const _ of runFind(requests, pages(), "things", call)) break
    expect(asked).toHaveLength(2)
    await expect(
      idsOf(answering({ Items: [], LastEvaluatedKey: idKey("a") }).requests.send, pages()),
    ).rejects.toThrow("asked too often")
  })

  test("a limited read asks for no page before it is needed", async () => {
    const { requests, asked } = answering({ Items: itemsOf("a"), LastEvaluatedKey: idKey("a") })
    for await (const _ of runFind(
      requests,
      pages({ filtered: true, input: { TableName: "t", Limit: 50 } }),
      "things",
      call,
    ))
      break
    expect(asked).toHaveLength(1)
  })

  test("revisions come where they are asked for", async () => {
    const { requests } = answering({ Items: itemsOf("a") })
    const batches = []
    for await (const batch of runFind(requests, pages(), "things", { ...call, revisions: true }))
      batches.push(batch)
    expect(batches).toEqual([
      { documents: [{ _id: "a" }], revisions: [expect.objectContaining({ _nosql_rev: { N: "1" } })] },
    ])
  })

  test("counts are added up, without a limit", async () => {
    const { requests, asked } = answering(
      { Count: 3, LastEvaluatedKey: idKey("a") },
      { Count: 2 },
      { Count: 1 },
    )
    const read: DynamoRead = {
      kind: "several",
      sort: [],
      overlapping: false,
      reads: [pages({ input: { TableName: "t", Limit: 5, Select: "COUNT" } })],
    }
    expect(await runCount(requests, read, "things", call)).toBe(5)
    expect(asked[0]).toEqual({ name: "Scan", TableName: "t", Select: "COUNT" })
  })
})

describe("documents by their ids", () => {
  const read = (ids: readonly string[]): DynamoRead => ({
    kind: "items",
    table: "t",
    ids,
    options: { ConsistentRead: true },
  })
  const responses = (...ids: readonly string[]) => ({ Responses: { t: itemsOf(...ids) } })

  test("come in the ids' order, whatever that of the answers; a hundred a request", async () => {
    const ids = Array.from({ length: 150 }, (_, i) => `n${i}`)
    const { requests, asked } = answering(responses("n3", "n1"), responses("n120"))
    expect(await idsOf(requests.send, read(ids))).toEqual(["n1", "n3", "n120"])
    expect(asked).toHaveLength(2)
    expect(asked[1]).toEqual({
      name: "BatchGetItem",
      RequestItems: { t: { ConsistentRead: true, Keys: ids.slice(100).map(idKey) } },
    })
  })

  test("what DynamoDB had no capacity for is asked for again", async () => {
    const left = { UnprocessedKeys: { t: { Keys: [idKey("b"), idKey("c")] } } }
    const { requests, asked } = answering({ ...responses("a"), ...left }, { ...left }, responses("c", "b"))
    expect(await idsOf(requests.send, read(["a", "b", "c"]))).toEqual(["a", "b", "c"])
    expect(asked[2]).toMatchObject({
      RequestItems: { t: { ConsistentRead: true, Keys: [idKey("b"), idKey("c")] } },
    })
  })

  test("until the time is up", async () => {
    const left = { UnprocessedKeys: { t: { Keys: [idKey("a")] } } }
    const { requests, asked } = answering(left, left)
    await expect(
      idsOf(requests.send, read(["a"]), { ...call, deadline: performance.now() }),
    ).rejects.toMatchObject({
      code: "resource-exhausted",
      retryable: true,
      operation: "find",
      collection: "things",
    })
    expect(asked).toHaveLength(1)
  })
})

describe("by a unique value", () => {
  const read: DynamoRead = { kind: "owners", table: "t", sentinels: ["u#email_1#x"] }

  test("its sentinel, then its owner, both strongly", async () => {
    const { requests, asked } = answering(
      { Item: { _nosql_owner: { S: "a" } } },
      { Item: itemsOf("a")[0] as object },
    )
    expect(await idsOf(requests.send, read)).toEqual(["a"])
    expect(asked).toEqual([
      { name: "GetItem", TableName: "t", Key: { _nosql_pk: { S: "u#email_1#x" } }, ConsistentRead: true },
      { name: "GetItem", TableName: "t", Key: idKey("a"), ConsistentRead: true },
    ])
  })

  test("a value that nobody holds is one request; an owner that is gone is no document", async () => {
    expect(await idsOf(answering({}).requests.send, read)).toEqual([])
    expect(await idsOf(answering({ Item: { _nosql_owner: { S: "a" } } }, {}).requests.send, read)).toEqual([])
  })
})

describe("several reads", () => {
  const several = (more: object): DynamoRead => ({
    kind: "several",
    reads: [pages(), pages()],
    sort: [],
    overlapping: false,
    ...more,
  })

  test("are merged in the sort's order", async () => {
    const { requests } = answering({ Items: itemsOf("a", "d") }, { Items: itemsOf("b", "c", "e") })
    expect(await idsOf(requests.send, several({ sort: keysOf("_id") }))).toEqual(["a", "b", "c", "d", "e"])
  })

  test("give a document once, and no more than is taken", async () => {
    const { requests } = answering({ Items: itemsOf("a", "b") }, { Items: itemsOf("b", "c", "d") })
    expect(await idsOf(requests.send, several({ overlapping: true, take: 3 }))).toEqual(["a", "b", "c"])
  })

  test("a second one is not asked where the first gives enough", async () => {
    const { requests, asked } = answering({ Items: itemsOf("a", "b") })
    expect(await idsOf(requests.send, several({ take: 2 }))).toEqual(["a", "b"])
    expect(asked).toHaveLength(1)
  })

  test("a failure of one is that of all", async () => {
    const { requests } = answering({ Items: itemsOf("a") }, () => Promise.reject(new Error("down")))
    await expect(idsOf(requests.send, several({}))).rejects.toThrow("down")
  })
})
