import { assertNever } from "@nosql/contracts"
import { type CollectionInfo, formatPath, type UpdateNode } from "@nosql/core/driver"
import { type Document as BsonDocument, Long } from "mongodb"
import { encodeValue } from "./value-codec.ts"

/** Translates an update into MongoDB's own, one operator for each kind of node. */
export function compileUpdate(update: readonly UpdateNode[], collection: CollectionInfo): BsonDocument {
  const compiled: Record<string, Record<string, unknown>> = {}
  for (const node of update) {
    const fields = compiled[`$${node.kind}`] ?? {}
    compiled[`$${node.kind}`] = fields
    fields[formatPath(node.path)] = operand(node, collection)
  }
  return compiled
}

function operand(node: UpdateNode, collection: CollectionInfo): unknown {
  const path = formatPath(node.path)
  switch (node.kind) {
    case "set":
      return encodeValue(node.value, path, collection)
    case "unset":
      return ""
    case "inc":
      // An int64 keeps a sum exact where an int32 would become a double.
      return Number.isSafeInteger(node.by)
        ? Long.fromNumber(node.by as number)
        : encodeValue(node.by, path, collection)
    case "push":
      return encodeValue(node.value, `${path}.0`, collection)
    default:
      return assertNever(node)
  }
}
