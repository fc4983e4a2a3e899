import { expect, test } from "vitest"
import { didYouMean, nearestName } from "./nearest-name.ts"

const names = ["memory", "mongodb", "dynamodb", "firestore"]

test.each([
  ["mongdb", "mongodb"],
  ["MongoDB", "mongodb"],
  ["dynamo", "dynamodb"],
  ["firestor", "firestore"],
  ["postgres", undefined],
  ["", undefined],
])("%s: %s", (written, nearest) => {
  expect(nearestName(written, names)).toBe(nearest)
  expect(didYouMean(written, names)).toBe(nearest === undefined ? "" : `; did you mean "${nearest}"?`)
})
