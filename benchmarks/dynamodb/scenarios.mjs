import { makeDocument, makeDocuments } from "../documents.mjs"

export const seeded = 10_000
const groups = 10 // of 1,000 documents each

/** What is written goes to another table than what is read. Each scenario runs `calls` calls in a row and returns how many documents it dealt with; `documents` of them a call. */
export const scenarios = {
  get: {
    calls: 200,
    warmUpCalls: 1500,
    documents: 1,
    run: async (client, ids, calls, n) => {
      let found = 0
      for (let i = 0; i < calls; i++) if (await client.get(ids[(n * calls + i) % ids.length])) found++
      return found
    },
  },
  "query 1,000": {
    calls: 5,
    documents: 1000,
    run: async (client, _ids, calls, n) => {
      let found = 0
      for (let i = 0; i < calls; i++) found += (await client.query((n + i) % groups)).length
      return found
    },
  },
  "scan 10,000": {
    calls: 1,
    documents: 10_000,
    run: async (client) => (await client.scan()).length,
  },
  put: {
    calls: 200,
    warmUpCalls: 1500,
    documents: 1,
    input: (calls, n) => Array.from({ length: calls }, (_, i) => makeDocument(n * calls + i)),
    run: async (client, _ids, calls, _n, documents) => {
      for (const document of documents) await client.put(document)
      return calls
    },
  },
  "batch 1,000": {
    calls: 2,
    documents: 1000,
    input: (calls, n) => Array.from({ length: calls }, (_, i) => makeDocuments(1000, (n * calls + i) * 1000)),
    run: async (client, _ids, calls, _n, batches) => {
      for (const documents of batches) await client.batch(documents)
      return calls
    },
  },
  update: {
    calls: 200,
    warmUpCalls: 1500,
    documents: 1,
    run: async (client, ids, calls, n) => {
      for (let i = 0; i < calls; i++) await client.update(ids[(n * calls + i) % ids.length], `City ${i}`)
      return calls
    },
  },
  "update, if there": {
    method: "updateIfThere",
    calls: 200,
    warmUpCalls: 1500,
    documents: 1,
    run: async (client, ids, calls, n) => {
      for (let i = 0; i < calls; i++)
        await client.updateIfThere(ids[(n * calls + i) % ids.length], `City ${i}`)
      return calls
    },
  },
}
