import { createHash } from "node:crypto"
import { type Document, NoSQLError, type Value } from "@nosql/contracts"
import { formatPath, getPath, hashValue, type IndexInfo } from "@nosql/core/driver"
import type { ErrorPlace } from "./classify-error.ts"

/** The name of the one document that stands for a document's values in a unique index; undefined where it lacks any of the keys. */
export function uniqueKey(document: Document, { name, keys }: IndexInfo): string | undefined {
  const values: Value[] = [name]
  for (const { path } of keys) {
    const value = getPath(document, path)
    if (value === undefined) return undefined
    values.push(value)
  }
  return createHash("sha256").update(hashValue(values)).digest("base64url")
}

export function pathsOf({ keys }: IndexInfo): string[] {
  return keys.map(({ path }) => formatPath(path))
}

/** The error of a value, or an id, that another document has. */
export function takenError(
  place: ErrorPlace,
  index: string,
  paths: readonly string[],
  cause: unknown,
): NoSQLError {
  const { operation, collection = "" } = place
  const what = index === "_id_" ? "the _id is taken" : "a unique value is taken"
  return new NoSQLError("already-exists", `${operation}: ${what} (index "${index}" on ${paths.join(", ")})`, {
    operation,
    backend: "firestore",
    collection,
    path: paths[0] ?? "",
    details: { index, paths },
    cause,
  })
}
