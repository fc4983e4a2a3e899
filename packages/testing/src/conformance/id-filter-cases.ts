import type { Document, Filter, IdKind } from "@nosql/contracts"
import { expect } from "vitest"
import type { ConformanceCase } from "./case.ts"
import { expectError } from "./expect-error.ts"

const collections: readonly (readonly [IdKind, readonly [string, string, string]])[] = [
  ["string", ["a", "b", "c"]],
  ["objectId", ["65f0a1b2c3d4e5f6a7b8c9d0", "65f0a1b2c3d4e5f6a7b8c9d1", "75f0a1b2c3d4e5f6a7b8c9d0"]],
  [
    "uuid",
    [
      "0190a0b0-0000-7000-8000-000000000001",
      "0190a0b0-0000-7000-8000-000000000002",
      "0190a0b1-0000-7000-8000-000000000000",
    ],
  ],
]

const malformed = "0190a0b0-0000-7000-8000-000000000001zz"

export const idFilterCases: readonly ConformanceCase[] = collections.flatMap(
  ([ids, [first, second, third]]) => {
    const rows: readonly (readonly [Filter<Document>, readonly string[]])[] = [
      [{ _id: first }, [first]],
      [{ _id: first.toUpperCase() }, ids === "string" ? [] : [first]],
      [{ _id: { $ne: first } }, [second, third]],
      [{ _id: { $in: [third, "absent", first, first] } }, [first, third]],
      [{ _id: { $nin: [third, "absent"] } }, [first, second]],
      [{ _id: { $gt: first } }, [second, third]],
      [{ _id: { $gte: second } }, [second, third]],
      [{ _id: { $gt: first, $lt: third } }, [second]],
      [{ _id: { $not: { $lte: second } } }, [third]],
      [{ $or: [{ _id: first }, { _id: third, n: 1 }] }, [first, third]],
      [{ $nor: [{ _id: { $gt: first } }] }, [first]],
      [{ _id: malformed }, []],
      [{ _id: { $ne: malformed } }, [first, second, third]],
      [{ _id: { $in: [malformed, second] } }, [second]],
    ]
    return rows.map(([filter, expected]) => ({
      name: `ids ${ids}: ${JSON.stringify(filter)}`,
      run: async ({ filled }) => {
        const target = await filled(
          [first, second, third].map((_id) => ({ _id, n: 1 })),
          { ids },
        )
        const found = await target.find(filter, { scans: "allow" }).toArray()
        expect(found.map(({ _id }) => _id).sort()).toEqual([...expected].sort())
        expect(await target.count(filter, { scans: "allow" })).toBe(expected.length)
        if (ids !== "string")
          await expectError("invalid-argument", () => target.find({ _id: { $gt: "65f0" } }).toArray())
      },
    }))
  },
)
