import { makeDocument, makeDocuments } from "../documents.mjs"

export const seeded = Number(process.env.BENCH_SEEDED ?? 5000)
const groups = 5

/**
 * Each scenario runs `calls` calls in a row and returns how many documents it dealt with, for the check that all did the same. The writers of new
 * documents come last: each of their samples ends with an empty collection. `documents` is how many a call deals with, for CPU a document.
 */
export const scenarios = {
  get: {
    calls: 100,
    documents: 1,
    run: async (client, ids, calls, n) => {
      let found = 0
      for (let i = 0; i < calls; i++)
        if ((await client.get(ids[(n * calls + i) % ids.length]))?.email !== undefined) found++
      return found
    },
  },
  "query 1,000": {
    calls: 3,
    documents: seeded / groups,
    run: async (client, _ids, calls, n) => {
      let found = 0
      for (let i = 0; i < calls; i++)
        for (const document of await client.find((n + i) % groups)) if (document.email !== undefined) found++
      return found
    },
  },
  "update, blind": {
    calls: 50,
    documents: 1,
    method: "updateBlind",
    run: async (client, ids, calls, n) => {
      for (let i = 0; i < calls; i++) await client.updateBlind(ids[(n * calls + i) % ids.length], `City ${i}`)
      return calls
    },
  },
  "update, read and written": {
    calls: 50,
    documents: 1,
    run: async (client, ids, calls, n) => {
      for (let i = 0; i < calls; i++) await client.updateRead(ids[(n * calls + i) % ids.length])
      return calls
    },
  },
  insert: {
    calls: 50,
    documents: 1,
    writes: true,
    input: (calls, n) => Array.from({ length: calls }, (_, i) => makeDocument(n * calls + i)),
    run: async (client, _ids, calls, _n, documents) => {
      for (const document of documents) await client.insertOne(document)
      return calls
    },
  },
  "bulk 1,000": {
    calls: 1,
    documents: 1000,
    writes: true,
    input: (calls, n) => Array.from({ length: calls }, (_, i) => makeDocuments(1000, (n * calls + i) * 1000)),
    run: async (client, _ids, calls, _n, batches) => {
      for (const documents of batches) await client.insertMany(documents)
      return calls
    },
  },
}
