import type { NoSQLError } from "@nosql/contracts"
import { argumentError, type CollectionInfo, type DriverCall } from "@nosql/core/driver"
import type { Document as BsonDocument } from "mongodb"
import { bsonProblem, mostBytes } from "./document-problem.ts"
import type { MongoWrite } from "./plan-write.ts"

/** Refuses a write that no server would take, before it is sent: core looks at whole documents only. */
export function checkSize(write: MongoWrite, call: DriverCall, collection: CollectionInfo): void {
  const filter = bsonProblem(write.filter)
  if (filter !== undefined) throw tooLarge("filter", filter, call, collection)
  if (write.kind === "delete") return
  const change = bsonProblem(write.kind === "replace" ? write.replacement : write.update)
  if (change === undefined) return
  throw tooLarge(write.kind === "update" ? largest(write.update) : "", change, call, collection)
}

function tooLarge(
  path: string,
  problem: string,
  { operation }: DriverCall,
  { name }: CollectionInfo,
): NoSQLError {
  return argumentError({ operation, collection: name, backend: "mongodb" }, path, problem)
}

/** The path to which an update brings most. */
function largest(update: BsonDocument): string {
  const changes = Object.values(update).flatMap((fields) => Object.entries(fields as BsonDocument))
  return changes.reduce((most, next) => (mostBytes(next[1]) > mostBytes(most[1]) ? next : most))[0]
}
