import { initializeApp } from "firebase-admin/app"
import { batch, schema, transaction } from "typesaurus"

/** Each reference's data is looked at, as it is with the SDK. */
export async function open(projectId) {
  initializeApp({ projectId })
  const db = schema(($) => ({ typesaurus: $.collection() }))
  const { typesaurus: collection } = db
  const insertMany = async (documents) => {
    const $ = batch(db)
    const ids = await Promise.all(documents.map(() => collection.id()))
    for (const [i, document] of documents.entries()) $.typesaurus.set(ids[i], document)
    await $()
    return ids
  }
  return {
    insertMany,
    clear: async () => {
      const found = await collection.all()
      for (let start = 0; start < found.length; start += 500) {
        const $ = batch(db)
        for (const { ref } of found.slice(start, start + 500)) $.typesaurus.remove(ref.id)
        await $()
      }
    },
    get: async (id) => (await collection.get(id))?.data,
    find: async (group) =>
      (await collection.query(($) => $.field("group").eq(group))).map(({ data }) => data),
    insertOne: (document) => collection.add(document),
    updateBlind: (id, city) =>
      collection.update(id, ($) => [
        $.field("visits").set($.increment(1)),
        $.field("address", "city").set(city),
      ]),
    updateRead: (id) =>
      transaction(db)
        .read(($) => $.db.typesaurus.get(id))
        .write(($) => $.result.update({ score: $.result.data.score * 2 })),
    close: async () => {},
  }
}
