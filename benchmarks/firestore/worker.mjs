// One client in a process of its own, so that no library's garbage or compiled code weighs on another. It works when it is told to.
import { makeDocuments } from "../documents.mjs"
import { scenarios, seeded } from "./scenarios.mjs"

const [projectId, file, options] = process.argv.slice(2)
const { open } = await import(file)
const client = await open(projectId, JSON.parse(options))
const ids = []
for (let start = 0; start < seeded; start += 500)
  ids.push(...(await client.insertMany(makeDocuments(Math.min(500, seeded - start), start))))

process.on("message", async (message) => {
  try {
    if (message === "close") {
      await client.close()
      process.disconnect()
      process.exit()
    } else process.send(await sample(message))
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) })
  }
})
process.send("ready")

/** One sample: milliseconds and client CPU for one call. Making and removing documents is not timed. */
async function sample({ scenario, n }) {
  const { calls, run, input, writes, method } = scenarios[scenario]
  if (method !== undefined && client[method] === undefined) return { missing: true }
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
