import { NoSQLError } from "@nosql/contracts"
import { type CollectionInfo, type DriverCall, formatPath, type IndexInfo } from "@nosql/core/driver"

type Named = Pick<CollectionInfo, "name">

export function idTaken({ operation }: DriverCall, { name }: Named): NoSQLError {
  return new NoSQLError("already-exists", `${operation}: a unique value is taken (index "_id_" on _id)`, {
    operation,
    collection: name,
    backend: "dynamodb",
    path: "_id",
    details: { index: "_id_", paths: ["_id"] },
  })
}

export function valueTaken({ operation }: DriverCall, { name }: Named, index: IndexInfo): NoSQLError {
  const paths = index.keys.map(({ path }) => formatPath(path))
  return new NoSQLError(
    "already-exists",
    `${operation}: a unique value is taken (index "${index.name}" on ${paths.join(", ")})`,
    {
      operation,
      collection: name,
      backend: "dynamodb",
      ...(paths[0] === undefined ? {} : { path: paths[0] }),
      details: { index: index.name, paths },
    },
  )
}

/** An earlier try of the write may have been done, and another writer followed: nothing tells. */
export function maybeDone({ operation }: DriverCall, { name }: Named): NoSQLError {
  return new NoSQLError(
    "unavailable",
    `${operation}: the answer was lost and another writer followed; it may have been done, so look before you repeat it`,
    { operation, collection: name, backend: "dynamodb", details: { unknown: true }, retryable: false },
  )
}
