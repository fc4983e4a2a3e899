// The same calls through each library, against one emulator, one library at a time in turns: what the machine does meanwhile meets all.
import { fork } from "node:child_process"
import { once } from "node:events"
import { findServer } from "@nosql/testing/servers"
import { median, medianInterval } from "../statistics.mjs"
import { scenarios } from "./scenarios.mjs"

const samples = Number(process.env.BENCH_SAMPLES ?? 30)
const warmUps = Math.max(2, Math.round(samples / 5))

const libraries = {
  "bare SDK": ["./clients/sdk.mjs", {}],
  "@nosql": ["./clients/nosql.mjs", {}],
  "@nosql, declared fields": ["./clients/nosql.mjs", { declared: true }],
  typesaurus: ["./clients/typesaurus.mjs", {}],
  fireorm: ["./clients/fireorm.mjs", {}],
}
const base = "bare SDK"

const server = await findServer("firestore")
if (server === undefined)
  throw new Error("no Firestore emulator: set FIRESTORE_EMULATOR_HOST, or install it with the Cloud CLI")
const workers = []
try {
  for (const [library, [file, options]] of Object.entries(libraries))
    workers.push(await start(library, file, options))
  const results = {}
  for (const scenario of Object.keys(scenarios)) results[scenario] = await compare(scenario)
  console.log(JSON.stringify({ server: server.source, samples, results }))
} finally {
  for (const { child } of workers) if (child.connected) child.send("close")
  await Promise.all(workers.map(({ child }) => child.exitCode ?? once(child, "exit")))
  await server.stop()
}

/** Each has a project of its own: to the emulator a database of its own. */
async function start(library, file, options) {
  const project = `demo-bench-${process.pid}-${workers.length}`
  const child = fork(new URL("./worker.mjs", import.meta.url), [project, file, JSON.stringify(options)], {
    execArgv: ["--expose-gc"],
    env: { ...process.env, FIRESTORE_EMULATOR_HOST: server.address, METADATA_SERVER_DETECTION: "none" },
  })
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
    const done = round.filter(({ missing }) => !missing)
    if (new Set(done.map(({ dealtWith }) => dealtWith)).size !== 1)
      throw new Error(`${scenario}: they did not do the same: ${JSON.stringify(round)}`)
    if (n >= warmUps) for (const { library, ...sample } of done) taken[library].push(sample)
    process.stderr.write(".")
  }
  process.stderr.write("\n")
  const told = Object.entries(taken).filter(([, own]) => own.length > 0)
  return Object.fromEntries(told.map(([library, own]) => [library, summary(own, taken[base], scenario)]))
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

/** Ratios are of samples of the same round: over 1 is better than the bare SDK. */
function summary(own, sdk, scenario) {
  return {
    milliseconds: median(own.map(({ milliseconds }) => milliseconds)),
    cpu: median(own.map(({ cpu }) => cpu)),
    cpuMicrosecondsADocument: (median(own.map(({ cpu }) => cpu)) * 1000) / scenarios[scenario].documents,
    throughputRatio: medianInterval(own.map(({ milliseconds }, i) => sdk[i].milliseconds / milliseconds)),
    cpuRatio: medianInterval(own.map(({ cpu }, i) => sdk[i].cpu / cpu)),
  }
}
