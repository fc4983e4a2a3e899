import "reflect-metadata"
import { Firestore } from "@google-cloud/firestore"
import { Collection, createBatch, getRepository, initialize, runTransaction } from "fireorm"

/** Its entities are made by class-transformer. An update writes the whole entity. */
export async function open(projectId) {
  const firestore = new Firestore({ projectId })
  initialize(firestore)
  class FireormDocument {}
  Collection("fireorm")(FireormDocument)
  const repository = getRepository(FireormDocument)
  return {
    insertMany: async (documents) => {
      const batch = createBatch()
      const within = batch.getRepository(FireormDocument)
      const made = documents.map((document) => Object.assign(new FireormDocument(), document))
      for (const document of made) within.create(document)
      await batch.commit()
      return made.map(({ id }) => id)
    },
    clear: () => firestore.recursiveDelete(firestore.collection("fireorm")),
    get: (id) => repository.findById(id),
    find: (group) => repository.whereEqualTo("group", group).find(),
    insertOne: (document) => repository.create(Object.assign(new FireormDocument(), document)),
    updateRead: (id) =>
      runTransaction(async (transaction) => {
        const within = transaction.getRepository(FireormDocument)
        const found = await within.findById(id)
        found.score *= 2
        await within.update(found)
      }),
    close: () => firestore.terminate(),
  }
}
