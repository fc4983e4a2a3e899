import { describe, expect, test } from "vitest"
import { lintRequest } from "../test/lint-request.ts"
import type { Attributes } from "./value-codec.ts"
import { writeOver } from "./write-over.ts"

const key = { _nosql_pk: { S: "d#a" } }
const item: Attributes = { ...key, _id: { S: "a" }, n: { N: "1" }, tags: { SS: ["x"] }, old: { NULL: true } }
const isKey = (name: string) => name === "_nosql_pk"
const call = { operation: "updateOne" }

function over(next: Attributes | undefined, before = item) {
  const write = writeOver({ table: "t", id: "a", key, item: before, isKey }, next, call, "things")
  for (const [name, request] of Object.entries(write)) lintRequest(`${name}Item`, request as object)
  return write
}

describe("writeOver", () => {
  test("the condition is on each value that was read, and that what is added is not there; what differs is written", () => {
    expect(
      over({ ...key, _id: { S: "a" }, n: { N: "2" }, tags: { SS: ["x"] }, _nosql_rev: { N: "7" } }),
    ).toEqual({
      Update: {
        TableName: "t",
        Key: key,
        ConditionExpression:
          "attribute_exists(#0) AND #1 = :0 AND #2 = :1 AND #3 = :2 AND #4 = :3 AND attribute_not_exists(#5)",
        UpdateExpression: "SET #2 = :4, #5 = :5 REMOVE #4",
        ExpressionAttributeNames: {
          "#0": "_nosql_pk",
          "#1": "_id",
          "#2": "n",
          "#3": "tags",
          "#4": "old",
          "#5": "_nosql_rev",
        },
        ExpressionAttributeValues: {
          ":0": { S: "a" },
          ":1": { N: "1" },
          ":2": { SS: ["x"] },
          ":3": { NULL: true },
          ":4": { N: "2" },
          ":5": { N: "7" },
        },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      },
    })
  })

  test("a removal is on each value that was read", () => {
    expect(over(undefined, { ...key, n: { N: "1" } })).toEqual({
      Delete: {
        TableName: "t",
        Key: key,
        ConditionExpression: "attribute_exists(#0) AND #1 = :0",
        ExpressionAttributeNames: { "#0": "_nosql_pk", "#1": "n" },
        ExpressionAttributeValues: { ":0": { N: "1" } },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      },
    })
  })

  test("a revision that was read says it all", () => {
    expect(
      over({ ...item, _nosql_rev: { N: "5" }, added: { S: "" } }, { ...item, _nosql_rev: { N: "5" } }),
    ).toMatchObject({
      Update: { ConditionExpression: "#0 = :0", UpdateExpression: "SET #0 = :0, #1 = :1" },
    })
  })

  test("more fields than a condition holds are refused, with what remains to do", () => {
    const wide = (count: number): Attributes => ({
      ...key,
      ...Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, { N: String(n) }])),
    })
    expect(() => over(undefined, wide(149))).not.toThrow()
    expect(() => over(undefined, wide(151))).toThrow(
      expect.objectContaining({
        code: "failed-precondition",
        message: expect.stringContaining("store.unwrap()"),
        details: { id: "a" },
      }),
    )
  })
})
