import { expect, test } from "vitest"
import { compareByName, idProblemIn } from "./group-id.ts"

const group = {
  name: "all",
  declared: false,
  fields: {},
  indexes: [],
  ids: "auto",
  group: "comments",
} as const

test.each([
  ["posts/p1/comments/c1", true],
  ["comments/c1", true],
  ["c1", false],
  ["posts/p1", false],
  ["posts/p1/comments", false],
  ["posts/p1/likes/l1", false],
  ["posts//comments/c1", false],
  ["../p1/comments/c1", false],
  ["posts/__p1__/comments/c1", false],
])("an id of a group: %s %s", (id, possible) => {
  expect(idProblemIn(group, id) === undefined).toBe(possible)
})

test("names are compared part by part, other keys as ever", () => {
  const ids = ["a-b/1", "a/2", "a/2/comments/1", "a/10", "b/1"]
  const sorted = (...documents: readonly { readonly _id: string; readonly n: number }[]) =>
    [...documents]
      .sort(
        compareByName(
          [
            { path: ["n"], direction: -1 },
            { path: ["_id"], direction: 1 },
          ],
          group,
        ),
      )
      .map(({ _id }) => _id)
  expect(sorted(...ids.map((_id) => ({ _id, n: 1 })))).toEqual([
    "a/10",
    "a/2",
    "a/2/comments/1",
    "a-b/1",
    "b/1",
  ])
  expect(sorted({ _id: "a/1", n: 1 }, { _id: "b/1", n: 2 })).toEqual(["b/1", "a/1"])
})
