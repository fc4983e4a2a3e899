import { connect, type Document, defineCollection } from "@nosql/core"
import { backfillIndexes, dynamodb } from "@nosql/driver-dynamodb"

/** What a process does until it is killed; the test in `killed-process.test.ts` starts it. */
export interface Job {
  readonly endpoint: string
  readonly tablePrefix: string
  readonly collection: string
  readonly work: "ordered" | "unordered" | "generated" | "backfill"
  readonly count: number
}

const { endpoint, tablePrefix, collection, work, count } = JSON.parse(process.argv[2] ?? "") as Job
const documents = Array.from({ length: count }, (_, n): Document => {
  const fields = { n, email: `${n}@x`, parts: [n, { n }] }
  return work === "generated" ? fields : { _id: `k${n}`, ...fields }
})

if (work === "backfill") await backfillIndexes({ endpoint, tablePrefix }, collection, { itemsPerSecond: 50 })
else {
  const unique = work === "generated" ? [] : [{ keys: { email: 1 }, unique: true } as const]
  const Killed = defineCollection<Document>(collection, { indexes: unique })
  const store = await connect(dynamodb({ endpoint, tablePrefix }))
  await store.collection(Killed).insertMany(documents, { ordered: work === "ordered" })
  await store.close()
}
