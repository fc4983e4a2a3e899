import { describe, expect, test } from "vitest"
import { lintRequest } from "./lint-request.ts"

const scan = (FilterExpression: string, values: object = {}, names: object = { "#a": "a" }) => ({
  TableName: "t",
  FilterExpression,
  ExpressionAttributeNames: names,
  ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
})
const v = { ":v": { S: "x" } }

describe("lintRequest", () => {
  test.each([
    ["#a = :v", v],
    ["(#a = :v) AND (#a <> :v OR NOT attribute_exists(#a))", v],
    ["NOT (#a = :v)", v],
    ["(#a = :v OR #a > :v) AND (#a = :v OR #a < :v)", v],
    ["size(#a) = :v", { ":v": { N: "1" } }],
    ["#a BETWEEN :v AND :w AND #a[3].#a = :v", { ...v, ":w": { S: "y" } }],
    ["#a IN (:v)", v],
  ])("lets %s pass", (text, values) => {
    lintRequest("Scan", scan(text, values))
  })

  test.each([
    ["((#a = :v))", v, "redundant parentheses"],
    ["", {}, "empty"],
    ["a = :v", v, "no declared name"],
    ["#a = :v", { ...v, ":w": { S: "x" } }, "declared and not used"],
    ["#a = :w", v, "no declared value"],
    ["#a < :v", { ":v": { BOOL: true } }, "a range takes"],
    ["#a BETWEEN :w AND :v", { ...v, ":w": { S: "y" } }, "lower value first"],
    ["#a BETWEEN :v AND :w", { ...v, ":w": { N: "1" } }, "two values of one type"],
    ["begins_with(#a, :v)", { ":v": { N: "1" } }, "begins_with takes"],
    ["attribute_type(#a, :v)", v, "attribute_type takes"],
    ["#a IN ()", {}, "no declared value"],
    [Array.from({ length: 151 }, () => "#a = :v").join(" OR "), v, "operator count: 301"],
    [`#a IN (${Array.from({ length: 100 }, () => ":v").join(", ")})`, v, "99 operands"],
    [`#a = :v${" ".repeat(4090)}`, v, "over 4096 bytes"],
  ])("refuses %s", (text, values, problem) => {
    expect(() => lintRequest("Scan", scan(text, values))).toThrow(problem)
  })

  test.each([
    ["Query", { KeyConditionExpression: "#h > :v" }, "an equality"],
    ["Query", { KeyConditionExpression: "#h = :v AND #r > :v AND #r < :v" }, "at most one more"],
    [
      "Query",
      { KeyConditionExpression: "#h = :v AND #r > :v", FilterExpression: "#r = :v" },
      "non-primary key",
    ],
    [
      "Query",
      { KeyConditionExpression: "#h = :v AND #r > :v", IndexName: "i", ConsistentRead: true },
      "consistent",
    ],
    ["Query", { KeyConditionExpression: "#h = :v AND #r > :v", Limit: 0 }, "at least 1"],
  ])("refuses a %s with %j", (name, parts, problem) => {
    const input = {
      TableName: "t",
      ExpressionAttributeNames: { "#h": "_nosql_i_h", "#r": "_nosql_i_r" },
      ExpressionAttributeValues: { ":v": { B: new Uint8Array([1]) } },
      ...parts,
    }
    expect(() => lintRequest(name, input)).toThrow(problem)
  })

  test("refuses too many keys, and a key twice", () => {
    const keys = Array.from({ length: 101 }, (_, i) => ({ _nosql_pk: { S: `d#${i}` } }))
    const batch = (Keys: object[]) => ({ RequestItems: { t: { Keys } } })
    expect(() => lintRequest("BatchGetItem", batch(keys))).toThrow("between 1 and 100")
    expect(() => lintRequest("BatchGetItem", batch([keys[0] ?? {}, keys[0] ?? {}]))).toThrow("twice")
    lintRequest("BatchGetItem", batch(keys.slice(1)))
  })
})
