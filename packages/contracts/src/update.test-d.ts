import { describe, expectTypeOf, test } from "vitest"
import type { Document, DynamicPath, Sort, Update } from "./index.ts"

interface Player {
  name: string
  score: number
  coins?: bigint
  note?: string | null
  seen: Date
  left?: Date
  tags: string[]
  runs?: { level: number; ms: number; by?: { name: string } }[]
  moves: { at?: Date; by: string }[]
  grid: number[][]
  address: { city: string; geo?: { lat: number } }
  state: { kind: "idle" } | { kind: "playing"; level: number; pausedAt?: Date }
  extra: Record<string, number>
  both: number | string
  meta: unknown
}

declare const path: DynamicPath
declare const kind: "name" | "score"
declare function update(changes: Update<Player>): void

describe("an update takes", () => {
  test("the operators, at paths of their kind", () => {
    update({ $set: { name: "Ada", note: null, "address.city": "Rome", "tags.0": "x", "runs.1.ms": 5 } })
    update({ $setOnInsert: { score: 0, "address.geo": { lat: 5 } }, $currentDate: { seen: true } })
    update({ $unset: { coins: true, note: "", "address.geo": 1, "extra.a": true, left: true } })
    update({
      $inc: { score: 1, coins: 2n, "runs.0.level": 1, "extra.a": 0.5 },
      $mul: { "address.geo.lat": 2 },
    })
    update({ $min: { score: 5, seen: new Date() }, $max: { name: "Zoe", coins: 5n } })
    update({ $rename: { note: "name", "extra.a": "extra.b" } })
  })

  test("below arrays, what their elements may lack, and elements of elements", () => {
    update({ $unset: { "moves.0.at": true }, $rename: { "runs.1.by": "runs.0.by" } })
    update({ $set: { "grid.0": [1], "grid.1.0": 5 }, $inc: { "grid.2.0": 1 }, $push: { "grid.3": 1 } })
  })

  test("paths that the compiler does not know, in each operator", () => {
    update({ $set: { name: "Ada", [path]: 5 }, $setOnInsert: { [path]: "x" }, $unset: { [path]: true } })
    update({ $inc: { score: 1, [path]: 2 }, $mul: { [path]: 2 }, $min: { [path]: 5 }, $max: { [path]: "x" } })
    update({ $push: { tags: "x", [path]: 5 }, $addToSet: { [path]: 5 }, $pull: { [path]: 5 } })
    update({ $pop: { [path]: 1 }, $currentDate: { [path]: true } })
    update({ $rename: { [path]: "name", note: path } })
    update({ $pull: { runs: { level: 5, [path]: { $gt: 5 } } } })
    update({ $push: { runs: { $each: [], $sort: { ms: 1, [path]: -1 } } } })
    update({ $push: { runs: { $each: [], $sort: [[path, 1]] } } })
    update({ $max: { [kind]: 5 } })
  })

  test("those of arrays by their element", () => {
    update({ $push: { tags: "x", runs: { level: 1, ms: 5 } } })
    update({ $push: { tags: { $each: ["x"], $position: 0, $slice: -5, $sort: -1 } } })
    update({ $push: { runs: { $each: [], $sort: { ms: 1, "by.name": -1 } } } })
    update({
      $push: {
        runs: {
          $each: [],
          $sort: [
            ["ms", 1],
            ["by.name", -1],
          ],
        },
      },
    })
    update({ $addToSet: { tags: "x", runs: { $each: [{ level: 1, ms: 5 }] } }, $pop: { tags: 1 } })
    update({ $pull: { tags: "x" } })
    update({ $pull: { tags: { $in: ["x", "y"] }, runs: { level: { $gt: 5 }, "by.name": "Ada" } } })
    update({ $pull: { tags: { $eq: "x" }, runs: { $eq: { level: 1, ms: 5 } } } })
  })

  test("paths of any member of a union, and what one member lacks can go", () => {
    update({ $set: { "state.kind": "idle" }, $unset: { "state.level": true, "state.pausedAt": true } })
    update({ $inc: { "state.level": 1 }, $currentDate: { "state.pausedAt": { $type: "date" } } })
  })

  test("whatever, where nothing is known", () => {
    update({
      $set: { "meta.a": 5 },
      $inc: { "meta.b": 1 },
      $unset: { "meta.c": true },
      $push: { "meta.d": "x" },
    })
    const loose: Update<Document> = {
      $set: { "a.b": 5 },
      $inc: { c: 1 },
      $push: { d: { $each: ["x"] } },
      $unset: { e: 1 },
    }
    expectTypeOf(loose).toEqualTypeOf<Update<Document>>()
  })

  test("objects typed elsewhere", () => {
    interface Patch {
      name?: string
      score?: number
    }
    const patch: Patch = {}
    const part: Partial<Pick<Player, "name" | "coins">> = {}
    update({ $set: patch })
    update({ $set: part })
  })
})

describe("an update refuses", () => {
  test("paths of another kind", () => {
    // @ts-expect-error text is not summed
    update({ $inc: { name: 1 } })
    // @ts-expect-error nor what may be text
    update({ $mul: { both: 1 } })
    // @ts-expect-error a required field cannot be unset
    update({ $unset: { name: true } })
    // @ts-expect-error nor one that all members have
    update({ $unset: { "state.kind": true } })
    // @ts-expect-error nor an element
    update({ $unset: { "tags.0": true } })
    // @ts-expect-error nor what each element has
    update({ $unset: { "moves.0.by": true } })
    // @ts-expect-error nor an array in an array
    update({ $unset: { "grid.0": true } })
    // @ts-expect-error nor renamed
    update({ $rename: { name: "note" } })
    // @ts-expect-error a new name is a path
    update({ $rename: { note: "nmae" } })
    // @ts-expect-error an object has no order
    update({ $max: { address: { city: "x" } } })
    // @ts-expect-error a date, not text
    update({ $currentDate: { name: true } })
    // @ts-expect-error no array
    update({ $push: { name: "x" } })
    // @ts-expect-error an _id never changes
    update({ $set: { _id: "x" } })
    // @ts-expect-error not even on insert
    update({ $setOnInsert: { _id: "x" } })
    // @ts-expect-error positional operators are not portable
    update({ $set: { "runs.$.ms": 5 } })
  })

  test("operands of another type", () => {
    // @ts-expect-error the field's type
    update({ $set: { score: "5" } })
    // @ts-expect-error nothing is undefined
    update({ $set: { coins: undefined } })
    // @ts-expect-error the element's type
    update({ $push: { tags: 5 } })
    // @ts-expect-error
    update({ $push: { tags: { $each: [5] } } })
    // @ts-expect-error no such modifier
    update({ $push: { tags: { $each: ["x"], $at: 0 } } })
    // @ts-expect-error no such field of an element
    update({ $push: { runs: { $each: [], $sort: { m: 1 } } } })
    // @ts-expect-error the ends are 1 and -1
    update({ $pop: { tags: 2 } })
    // @ts-expect-error no such field of an element
    update({ $pull: { runs: { levle: 5 } } })
    // @ts-expect-error the element's type
    update({ $pull: { tags: { $in: [5] } } })
    // @ts-expect-error the element's element
    update({ $set: { "grid.0.0": "5" } })
    // @ts-expect-error beside a path that the compiler does not know
    update({ $set: { score: "5", [path]: 5 } })
    // @ts-expect-error nor does it allow another kind
    update({ $inc: { name: 1, [path]: 5 } })
    // @ts-expect-error the kind of the path
    update({ $min: { seen: 5 } })
  })

  test("an object typed elsewhere that has nothing in common", () => {
    interface Plain {
      name: string
      age?: number
    }
    const change = (changes: Update<Plain>) => changes
    const other = {} as { nmae: string }
    // @ts-expect-error
    change({ $set: other })
    // @ts-expect-error
    change({ $inc: other })
    // @ts-expect-error
    change(other)
  })

  test("a sort of elements by what they have not, or what has no order", () => {
    // @ts-expect-error
    update({ $push: { runs: { $each: [], $sort: { msec: 1 } } } })
    // @ts-expect-error
    update({ $push: { runs: { $each: [], $sort: [["msec", 1]] } } })
    // @ts-expect-error
    update({ $push: { runs: { $each: [], $sort: [["by", 1]] } } })
    // @ts-expect-error
    update({ $push: { runs: { $each: [], $sort: [["ms", "asc"]] } } })
  })

  test("an operator for whose kind there is no path", () => {
    const change = (_: Update<{ name: string }>) => undefined
    // @ts-expect-error
    change({ $inc: { name: 1 } })
    // @ts-expect-error
    change({ $push: { name: "x" } })
    // @ts-expect-error
    change({ $unset: { name: true } })
  })

  test("what has nothing in common with paths that are all of elements or records", () => {
    const change = (_: Update<{ counts: Record<string, number> }>) => undefined
    const other = { "counts.a": "x" }
    change({ $inc: { "counts.a": 1 }, $unset: { "counts.a": true } })
    // @ts-expect-error
    change({ $inc: { counts: 1 } })
    // @ts-expect-error
    change({ $inc: other })
  })

  test("what is no operator", () => {
    // @ts-expect-error a plain field map names none
    update({ name: "Ada" })
    // @ts-expect-error no such operator
    update({ $sett: { name: "Ada" } })
  })
})

describe("a sort", () => {
  test("takes paths of scalars, and directions", () => {
    const sort: Sort<Player> = {
      "address.city": 1,
      _id: "desc",
      seen: -1,
      both: "asc",
      "state.level": 1,
      "meta.a": 1,
    }
    const loose: Sort<Document> = { "a.b": 1 }
    const element: Sort<Player> = { "tags.0": 1, "extra.a": -1, name: 1 }
    expectTypeOf([sort, loose, element]).toBeArray()
  })

  test("takes paths that the compiler does not know, beside others", () => {
    const way = 1 as 1 | -1
    const dynamic: Sort<Player> = { [path]: 1 }
    const directed: Sort<Player> = { [path]: way, "address.city": "desc" }
    const chosen: Sort<Player> = { [kind]: -1 }
    expectTypeOf([dynamic, directed, chosen]).toBeArray()
  })

  test("refuses the rest", () => {
    // @ts-expect-error no such direction, beside a path that the compiler does not know
    const beside: Sort<Player> = { "address.city": "up", [path]: 1 }
    // @ts-expect-error no such direction of an element
    const element: Sort<Player> = { "tags.0": "up" }
    // @ts-expect-error no such path
    const typo: Sort<Player> = { nmae: 1 }
    // @ts-expect-error no such direction
    const direction: Sort<Player> = { name: "up" }
    // @ts-expect-error an array has no order
    const array: Sort<Player> = { tags: 1 }
    // @ts-expect-error nor has an object
    const object: Sort<Player> = { address: 1 }
    expectTypeOf([beside, element, typo, direction, array, object]).toBeArray()
  })
})
