// One client in a process of its own, so that no library's garbage or compiled code weighs on another. It works when it is told to.
import { makeDocuments } from "../documents.mjs"
import { scenarios, seeded } from "./scenarios.mjs"

const [uri, database, file, options] = process.argv.slice(2)
const { open } = await import(file)
const client = await open(uri, database, JSON.parse(options))
const ids = await client.seed(makeDocuments(seeded))

process.on("message", async (message) => {
  try {
    if (message === "close") {
      await client.close()
      process.disconnect()
    } else process.send(await sample(message))
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) })
  }
})
process.send("ready")

/** One sample: milliseconds and client CPU for one call. Making and removing documents is not timed. */
async function sample({ scenario, n }) {
  const { calls, run, input, writes } = scenarios[scenario]
  const documents = input?.(calls, n)
  globalThis.gc()
  const cpu = process.cpuUsage()
  const started = performance.now()
  const dealtWith = await run(client, ids, calls, n, documents)
  const milliseconds = (performance.now() - started) / calls
  const { user, system } = process.cpuUsage(cpu)
  if (writes) await client.clear()
  return { milliseconds, cpu: (user + system) / 1000 / calls, dealtWith }
}
