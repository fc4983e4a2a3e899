import { randomUUID } from "node:crypto"
import type { CollectionOptions, Document, DocumentStore } from "@nosql/contracts"
import { defineCollection } from "@nosql/core"
import type { CaseContext } from "./case.ts"

/** What a case works with; the names of the collections that it takes go to `used`. */
export function caseContext(store: DocumentStore, used: Set<string>, warnings: string[]): CaseContext {
  const newName = () => {
    const name = `case-${randomUUID()}`
    used.add(name)
    return name
  }
  const collection = (options?: CollectionOptions<Document>) => {
    const name = newName()
    return options === undefined
      ? store.collection<Document>(name)
      : store.collection(defineCollection<Document>(name, options))
  }
  return {
    store,
    backend: store.backend,
    warnings,
    collection,
    defined: (options) => store.collection(defineCollection(newName(), options)),
    filled: async (documents, options) => {
      const made = collection(options)
      await made.insertMany(documents)
      return made
    },
  }
}
