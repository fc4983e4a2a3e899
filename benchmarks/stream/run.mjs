// Streams a million documents and watches the heap. Run with --expose-gc, and with the limit for the heap that run.mjs gives it.
import { connect } from "@nosql/core"
import { mongodb } from "@nosql/driver-mongodb"
import { findServer } from "@nosql/testing/servers"
import { makeDocument } from "../documents.mjs"

const total = Number(process.env.BENCH_STREAM ?? 1_000_000)
const batch = 1000
const everyDocuments = 10_000
const mebibyte = 2 ** 20

const server = await findServer("mongodb")
if (server === undefined) throw new Error("no MongoDB: set MONGODB_URI, or run a container engine")
const store = await connect(mongodb({ uri: server.address, database: "nosql-benchmarks" }), {
  scans: "allow",
})
try {
  await store.dropCollection("stream")
  const documents = store.collection("stream")
  for (let i = 0; i < total; i += batch) {
    await documents.insertMany(
      Array.from({ length: Math.min(batch, total - i) }, (_, j) => makeDocument(i + j)),
    )
    if ((i / batch) % 100 === 0) process.stderr.write(".")
  }
  process.stderr.write("\n")
  // Once before, so that compiled code and the client's buffers are there already.
  for await (const _ of documents.find({}, { limit: 20_000 }));
  console.log(JSON.stringify(await stream(documents)))
} finally {
  await store.dropCollection("stream")
  await store.close()
  await server.stop()
}

/** `peak` is the heap as it stands, garbage included; `kept` is what a collection leaves. Both are over the start. */
async function stream(documents) {
  globalThis.gc()
  const before = process.memoryUsage().heapUsed
  const started = performance.now()
  let count = 0
  let ages = 0
  let peak = 0
  let kept = 0
  for await (const { age } of documents.find({})) {
    ages += age
    count++
    if (count % everyDocuments === 0) peak = Math.max(peak, process.memoryUsage().heapUsed - before)
    if (count % (total / 10) === 0) {
      globalThis.gc()
      kept = Math.max(kept, process.memoryUsage().heapUsed - before)
    }
  }
  if (count !== total || ages === 0) throw new Error(`${count} documents of ${total} came`)
  const seconds = (performance.now() - started) / 1000
  return { documents: count, seconds, peakMiB: peak / mebibyte, keptMiB: kept / mebibyte }
}
