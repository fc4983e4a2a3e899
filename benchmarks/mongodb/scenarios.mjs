import { makeDocument, makeDocuments } from "../documents.mjs"

export const seeded = 5000
const groups = 5 // of 1,000 documents each

/** The writers of new documents come last: each of their samples ends with an empty collection. Each scenario runs `calls` calls in a row (`warmUpCalls` before anything is timed, as a server has been running for a while) on one connection and returns how many documents it dealt with, for the check that all did the same; `documents` of them a call. */
export const scenarios = {
  "findOne by id": {
    calls: 200,
    warmUpCalls: 5000,
    documents: 1,
    run: async (client, ids, calls, n) => {
      let found = 0
      for (let i = 0; i < calls; i++)
        if ((await client.findOne(ids[(n * calls + i) % ids.length])) !== null) found++
      return found
    },
  },
  "find 1,000": {
    calls: 20,
    warmUpCalls: 40,
    documents: 1000,
    run: async (client, _ids, calls, n) => {
      let found = 0
      for (let i = 0; i < calls; i++) found += (await client.find((n + i) % groups)).length
      return found
    },
  },
  updateOne: {
    calls: 200,
    warmUpCalls: 5000,
    documents: 1,
    run: async (client, ids, calls, n) => {
      for (let i = 0; i < calls; i++) await client.updateOne(ids[(n * calls + i) % ids.length], `City ${i}`)
      return calls
    },
  },
  insertOne: {
    calls: 200,
    warmUpCalls: 5000,
    documents: 1,
    writes: true,
    input: (calls, n) => Array.from({ length: calls }, (_, i) => makeDocument(n * calls + i)),
    run: async (client, _ids, calls, _n, documents) => {
      for (const document of documents) await client.insertOne(document)
      return calls
    },
  },
  "insertMany 1,000": {
    calls: 20,
    warmUpCalls: 40,
    documents: 1000,
    writes: true,
    input: (calls, n) => Array.from({ length: calls }, (_, i) => makeDocuments(1000, (n * calls + i) * 1000)),
    run: async (client, _ids, calls, _n, batches) => {
      for (const documents of batches) await client.insertMany(documents)
      return calls
    },
  },
}
