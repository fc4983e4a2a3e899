// The same five calls through each library, against one server, one library at a time in turns: what the machine does meanwhile meets all.
import { fork } from "node:child_process"
import { once } from "node:events"
import { findServer } from "@nosql/testing/servers"
import { MongoClient } from "mongodb"
import { median, medianInterval } from "../statistics.mjs"
import { scenarios } from "./scenarios.mjs"

const samples = Number(process.env.BENCH_SAMPLES ?? 40)
const warmUps = Math.max(2, Math.round(samples / 5))
const database = "nosql-benchmarks"

const libraries = {
  "bare driver": ["./clients/driver.mjs", {}],
  "@nosql": ["./clients/nosql.mjs", {}],
  "@nosql, declared fields": ["./clients/nosql.mjs", { declared: true }],
  papr: ["./clients/papr.mjs", {}],
  "mongoose, lean": ["./clients/mongoose.mjs", { lean: true }],
  mongoose: ["./clients/mongoose.mjs", {}],
}
const base = "bare driver"

const server = await findServer("mongodb")
if (server === undefined) throw new Error("no MongoDB: set MONGODB_URI, or run a container engine")
const workers = []
try {
  const version = await emptyDatabase()
  for (const [library, [file, options]] of Object.entries(libraries))
    workers.push(await start(library, file, options))
  const results = {}
  for (const scenario of Object.keys(scenarios)) results[scenario] = await compare(scenario)
  console.log(JSON.stringify({ server: `${server.source}, version ${version}`, samples, results }))
} finally {
  for (const { child } of workers) if (child.connected) child.send("close")
  await Promise.all(workers.map(({ child }) => child.exitCode ?? once(child, "exit")))
  await emptyDatabase()
  await server.stop()
}

async function emptyDatabase() {
  const client = await MongoClient.connect(server.address)
  try {
    await client.db(database).dropDatabase()
    return (await client.db("admin").command({ buildInfo: 1 })).version
  } finally {
    await client.close()
  }
}

async function start(library, file, options) {
  const child = fork(
    new URL("./worker.mjs", import.meta.url),
    [server.address, database, file, JSON.stringify(options)],
    {
      execArgv: ["--expose-gc"],
    },
  )
  await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`${library} ended with ${code}`))),
  ])
  return { library, child }
}

async function compare(scenario) {
  process.stderr.write(`${scenario} `)
  const taken = Object.fromEntries(workers.map(({ library }) => [library, []]))
  for (let n = 0; n < warmUps + samples; n++) {
    // Turned and turned about, so that no library always follows the same one.
    const shifted = [...workers.slice(n % workers.length), ...workers.slice(0, n % workers.length)]
    const round = await inTurn(n % 2 === 0 ? shifted : shifted.toReversed(), { scenario, n })
    if (new Set(round.map(({ dealtWith }) => dealtWith)).size !== 1)
      throw new Error(`${scenario}: they did not do the same: ${JSON.stringify(round)}`)
    if (n >= warmUps) for (const { library, ...sample } of round) taken[library].push(sample)
    process.stderr.write(".")
  }
  process.stderr.write("\n")
  return Object.fromEntries(
    Object.keys(taken).map((library) => [library, summary(taken[library], taken[base])]),
  )
}

async function inTurn(order, message) {
  const round = []
  for (const { library, child } of order) {
    child.send(message)
    const [answer] = await once(child, "message")
    if (answer.error !== undefined) throw new Error(`${library}, ${message.scenario}: ${answer.error}`)
    round.push({ library, ...answer })
  }
  return round
}

/** Ratios are of samples of the same round: over 1 is better than the bare driver. */
function summary(own, driver) {
  return {
    milliseconds: median(own.map(({ milliseconds }) => milliseconds)),
    cpu: median(own.map(({ cpu }) => cpu)),
    throughputRatio: medianInterval(own.map(({ milliseconds }, i) => driver[i].milliseconds / milliseconds)),
    cpuRatio: medianInterval(own.map(({ cpu }, i) => driver[i].cpu / cpu)),
  }
}
