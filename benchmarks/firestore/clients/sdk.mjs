import { FieldValue, Firestore } from "@google-cloud/firestore"

/** Google's SDK, as its manual uses it. */
export async function open(projectId) {
  const firestore = new Firestore({ projectId, ignoreUndefinedProperties: true })
  const collection = firestore.collection("sdk")
  const insertMany = async (documents) => {
    const batch = firestore.batch()
    const refs = documents.map((document) => {
      const ref = collection.doc()
      batch.create(ref, document)
      return ref
    })
    await batch.commit()
    return refs.map(({ id }) => id)
  }
  return {
    insertMany,
    clear: () => firestore.recursiveDelete(collection),
    get: async (id) => (await collection.doc(id).get()).data(),
    find: async (group) =>
      (await collection.where("group", "==", group).get()).docs.map((found) => found.data()),
    insertOne: (document) => collection.add(document),
    updateBlind: (id, city) =>
      collection.doc(id).update({ visits: FieldValue.increment(1), "address.city": city }),
    updateRead: (id) =>
      firestore.runTransaction(async (transaction) => {
        const found = await transaction.get(collection.doc(id))
        transaction.update(found.ref, { score: found.get("score") * 2 })
      }),
    close: () => firestore.terminate(),
  }
}
