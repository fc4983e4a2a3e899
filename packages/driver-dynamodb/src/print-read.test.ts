import { and, compare, exists, isIn, matchAll, queryOf } from "@nosql/core/driver"
import { describe, expect, test } from "vitest"
import { indexOf, keysOf, stateOf, things } from "../test/indexes.ts"
import { planQuery } from "./plan-query.ts"
import { printRead } from "./print-read.ts"

const state = stateOf(
  indexOf("status_1_at_-1", "status at- _id-"),
  indexOf("email_1", "email", { unique: true }),
)
const printed = (...args: Parameters<typeof queryOf>) =>
  printRead(planQuery(things, queryOf(...args), state).native)
const secret = "do not tell"

describe("printRead", () => {
  test("a Query by its index, names as they are, values by their types", () => {
    const filter = and([
      compare("eq", ["status"], secret),
      compare("gt", ["at"], 5),
      compare("eq", ["owner"], secret),
      exists(["a", "b"]),
    ])
    expect(
      printed(filter, {
        sort: keysOf("at"),
        limit: 5,
        projection: { kind: "include", paths: [["x"]], id: true },
      }),
    ).toEqual([
      {
        operation: "Query",
        table: "t",
        index: "status_1_at_-1",
        keyCondition: '"_nosql_status_1_at_-1_h" = <B> AND "_nosql_status_1_at_-1_r" BETWEEN <B> AND <B>',
        filter: '"owner" = <S> AND attribute_exists("a"."b")',
        projection: ["_id", "x", "at"],
        consistency: "eventual",
        order: "backward",
        limit: 50,
      },
    ])
  })

  test("requests that differ by their values alone are one line", () => {
    expect(printed(isIn(["status"], ["a", "b", "c"]))).toMatchObject([{ operation: "Query", times: 3 }])
  })

  test("keys are counted", () => {
    const keys = (count: number) =>
      isIn(
        ["_id"],
        Array.from({ length: count }, (_, i) => `${secret}${i}`),
      )
    const batch = { operation: "BatchGetItem", table: "t", consistency: "strong" }
    expect(printed(keys(250))).toEqual([
      { ...batch, keys: "100 of _nosql_pk", times: 2 },
      { ...batch, keys: "50 of _nosql_pk" },
    ])
    expect(printed(compare("eq", ["email"], secret), { consistency: "strong" })).toEqual([
      { ...batch, operation: "GetItem", keys: "1 of _nosql_pk", times: 2 },
    ])
  })

  test("a Scan from a position; no value is told", () => {
    const scan = printed(compare("eq", ["x"], secret), { after: [secret] })
    expect(scan).toEqual([
      {
        operation: "Scan",
        table: "t",
        filter: 'attribute_exists("_id") AND "x" = <S>',
        consistency: "strong",
        from: "position",
      },
    ])
    expect(JSON.stringify([scan, printed(matchAll)])).not.toContain(secret)
  })
})
