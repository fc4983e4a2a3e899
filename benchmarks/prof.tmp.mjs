import { makeDocuments } from "/work/wt/outside/benchmarks/documents.mjs"
import { scenarios, seeded } from "/work/wt/outside/benchmarks/mongodb/scenarios.mjs"

const [uri, lib, scenario, rounds = "30"] = process.argv.slice(2)
const { open } = await import(`/work/wt/outside/benchmarks/mongodb/clients/${lib}.mjs`)
const client = await open(uri, "prof")
await client.clear().catch(() => {})
const ids = await client.seed(makeDocuments(seeded))
const { calls, run, input } = scenarios[scenario]
const cpus = []
for (let n = 0; n < Number(rounds); n++) {
  const docs = input?.(calls, n)
  const c = process.cpuUsage()
  const t = performance.now()
  await run(client, ids, calls, n, docs)
  const { user, system } = process.cpuUsage(c)
  cpus.push([(user + system) / 1000 / calls, (performance.now() - t) / calls])
}
cpus.splice(0, 5)
const med = (i) => cpus.map((c) => c[i]).sort((a, b) => a - b)[cpus.length >> 1]
console.log(lib, scenario, "cpu", med(0).toFixed(3), "ms", med(1).toFixed(3))
await client.clear()
await client.close()
