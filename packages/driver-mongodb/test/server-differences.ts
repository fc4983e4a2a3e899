import { getPath } from "@nosql/core/driver"
import type { ConformanceHarness, ServerDifference } from "@nosql/testing"

const noArray = "does nothing; mongod makes the empty array"
const parents =
  "makes the missing parents of an operator that does nothing, when another one changes the document; mongod: none"
/**
 * Its unique indexes are exclusion constraints: writers of one new value put their entries first and wait for each other then.
 * PostgreSQL ends one such deadlock a second, and the one that it ended comes back at once; of three or more writers the circle may never break.
 */
const deadlocks = {
  sometimes: "three writers or more of one new value may wait for each other without end; mongod: one wins",
}

/**
 * Where DocumentDB, the engine that tests find beside the clone, answers otherwise than mongod: cases of the suite, and what it does instead.
 * mongod's own answers are in its unit tests: https://github.com/mongodb/mongo/tree/master/src/mongo/db/update
 */
export const documentdbDifferences: NonNullable<ConformanceHarness["serverDifferences"]> = {
  "indexes: unique: of 8 writers at once exactly one wins": deadlocks,
  "writes: upsert: of 12 writers at once who look by a unique value, too, one inserts and the others write what it made":
    deadlocks,
  'update operators: {"a":true} {"$inc":{"a":1}}': "counts a boolean as a number; mongod: TypeMismatch",
  'update operators: {} {"$push":{"a":{"$each":[]}}}': noArray,
  'update operators: {} {"$push":{"a":{"$each":[1],"$slice":0}}}': noArray,
  'update operators: {} {"$addToSet":{"a":{"$each":[]}}}': noArray,
  'update operators: {} {"$pop":{"a.b":1},"$set":{"c":1}}': parents,
  'update operators: {} {"$pull":{"a.b":1},"$set":{"c":1}}': parents,
  'update operators: {} {"$rename":{"a":"b.d"},"$set":{"c":1}}': parents,
}

/** Tests of this package that fail there, by name. */
export const documentdbDriverDifferences: readonly string[] = [
  // Its one user may log in by any database; mongod: by the one that knows it.
  "authSource: a user of another database is refused",
]

/** The same for the random suite: calls that meet one are not made. */
export const documentdbRandomDifferences: readonly ServerDifference[] = [
  {
    name: "$push or $addToSet of nothing to a missing field does nothing; mongod makes the empty array",
    meets: (update) =>
      operands(update, "$push", "$addToSet").some(
        (operand) => isObject(operand) && (isEmpty(operand["$each"]) || operand["$slice"] === 0),
      ),
  },
  {
    name: "$pop or $pull of a missing path makes its parents; mongod does nothing",
    meets: (update) => paths(update, "$pop", "$pull").some((path) => path.includes(".")),
  },
  {
    name: "$min or $max with null leaves a missing field missing; mongod sets it",
    meets: (update) => operands(update, "$min", "$max").includes(null),
  },
  {
    name: "$rename of a missing field makes the parents of its target; mongod does nothing",
    meets: (update) => operands(update, "$rename").some((target) => String(target).includes(".")),
  },
  {
    name: "$inc and $mul count a boolean as a number; mongod refuses it",
    meets: (update, documents) => {
      const values = paths(update, "$inc", "$mul").flatMap((path) =>
        documents.map((document) => getPath(document, path.split("."))),
      )
      return values.some((value) => typeof value === "boolean")
    },
  },
  {
    name: "$unset through a scalar in an array is an error; mongod does nothing",
    meets: (update) => paths(update, "$unset").some((path) => /\.\d+\./.test(path)),
  },
]

type PlainUpdate = Parameters<ServerDifference["meets"]>[0]

function changes(update: PlainUpdate, operators: readonly string[]): [path: string, operand: unknown][] {
  return operators.flatMap((operator) => Object.entries(update[operator] ?? {}))
}

function paths(update: PlainUpdate, ...operators: readonly string[]): string[] {
  return changes(update, operators).map(([path]) => path)
}

function operands(update: PlainUpdate, ...operators: readonly string[]): unknown[] {
  return changes(update, operators).map(([, operand]) => operand)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
