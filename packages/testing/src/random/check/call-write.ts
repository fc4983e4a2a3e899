import type { Document } from "@nosql/contracts"
import type { Write } from "../arbitraries/writes.ts"
import type { PlainCollection, WriteResult } from "../plain-collection.ts"

const methods = {
  one: { update: "updateOne", replace: "replaceOne", delete: "deleteOne" },
  many: { update: "updateMany", replace: "replaceOne", delete: "deleteMany" },
  findOneAnd: { update: "findOneAndUpdate", replace: "findOneAndReplace", delete: "findOneAndDelete" },
} as const

/** The method of a write and its arguments. */
export function writeCall(write: Write): {
  readonly method: keyof PlainCollection
  readonly args: readonly unknown[]
} {
  if (write.call === "bulkWrite") return { method: "bulkWrite", args: [write.operations] }
  const { filter, change, options } = write
  const method = methods[write.call][change.kind]
  if (change.kind === "update") return { method, args: [filter, change.update, options] }
  if (change.kind === "replace") return { method, args: [filter, change.replacement, options] }
  return { method, args: [filter, options] }
}

export function callWrite(target: PlainCollection, write: Write): Promise<WriteResult | Document | null> {
  const { method, args } = writeCall(write)
  return (target[method] as (...args: readonly unknown[]) => Promise<WriteResult | Document | null>).apply(
    target,
    [...args],
  )
}
