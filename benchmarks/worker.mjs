// One client in a process of its own, so that no library's garbage or compiled code weighs on another. It works when it is told to.
import { makeDocuments } from "./documents.mjs"

const [folder, address, file, options] = process.argv.slice(2)
const { scenarios, seeded } = await import(`./${folder}/scenarios.mjs`)
const { open } = await import(`./${folder}/clients/${file}`)
const client = await open(JSON.parse(address), JSON.parse(options))
const ids = await seed()

process.on("message", async (message) => {
  try {
    if (message === "close") {
      await client.close()
      process.disconnect()
      // Some SDKs keep connections open behind it.
      process.exit()
    } else process.send(await sample(message))
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) })
  }
})
process.send("ready")

/** By the client's own way, else in batches of what every store takes at once. */
async function seed() {
  if (client.seed !== undefined) return client.seed(makeDocuments(seeded))
  const made = []
  for (let start = 0; start < seeded; start += 500)
    made.push(...(await client.insertMany(makeDocuments(Math.min(500, seeded - start), start))))
  return made
}

/**
 * One sample: milliseconds and client CPU for one call. Making and removing documents is not timed; the heap is collected when the engine likes, since a
 * collection that is forced before each sample has it forget what it has compiled.
 */
async function sample({ scenario, n, warmUp }) {
  const { run, input, writes, method, warmUpCalls, ...timed } = scenarios[scenario]
  const calls = (warmUp && warmUpCalls) || timed.calls
  if (method !== undefined && client[method] === undefined) return { missing: true }
  const documents = input?.(calls, n)
  const cpu = process.cpuUsage()
  const started = performance.now()
  const dealtWith = await run(client, ids, calls, n, documents)
  const milliseconds = (performance.now() - started) / calls
  const { user, system } = process.cpuUsage(cpu)
  if (writes) await client.clear()
  return { milliseconds, cpu: (user + system) / 1000 / calls, dealtWith }
}
