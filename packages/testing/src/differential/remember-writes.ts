import { NoSQLError } from "@nosql/contracts"
import type { PlainCollection } from "../random/plain-collection.ts"
import type { StoreAnswer } from "./answer-of-call.ts"

const writes: ReadonlySet<PropertyKey> = new Set([
  "updateOne",
  "updateMany",
  "replaceOne",
  "deleteOne",
  "deleteMany",
  "findOneAndUpdate",
  "findOneAndReplace",
  "findOneAndDelete",
  "bulkWrite",
])

/** A collection that remembers what its last write answered, because a write is not made twice. */
export function rememberWrites(collection: PlainCollection): {
  readonly collection: PlainCollection
  readonly answer: () => StoreAnswer
} {
  let last: StoreAnswer = { values: undefined }
  const remember = (name: PropertyKey, method: (...args: unknown[]) => unknown) => {
    return async (...args: unknown[]) => {
      try {
        const values = await method.apply(collection, args)
        last = { values: name === "bulkWrite" ? undefined : values }
        return values
      } catch (error) {
        if (NoSQLError.isInstance(error)) last = { code: error.code, path: error.path }
        throw error
      }
    }
  }
  const remembering = new Proxy(collection, {
    get(target, name) {
      const method = Reflect.get(target, name)
      if (typeof method !== "function") return method
      return writes.has(name) ? remember(name, method) : method.bind(target)
    },
  })
  return { collection: remembering, answer: () => last }
}
