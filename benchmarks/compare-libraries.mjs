// The same calls through each library, against one server, one library at a time in turns: what the machine does meanwhile meets all.
import { fork } from "node:child_process"
import { once } from "node:events"
import { median, medianInterval } from "./statistics.mjs"

/** Each library starts anew so often: what one process happens to get (how its code is compiled, its connection's place in the server) stays with it. */
export const starts = Number(process.env.BENCH_STARTS ?? 4)
const rounds = Math.ceil(Number(process.env.BENCH_SAMPLES ?? 40) / starts)
const warmUps = Math.max(3, Math.round(rounds / 3))
export const samples = starts * rounds

/**
 * Compares libraries in the scenarios of a folder. `libraries`: by name the client's file and its options (`rounds`: takes part in so many of a start's rounds
 * only, for one that takes minutes); `addressOf`: what a client is opened with, by a number that no two share; `base`: the library that the others are measured
 * by. A library that has no such call is left out of a scenario.
 */
export async function compareLibraries({ folder, libraries, base, addressOf }) {
  const { scenarios } = await import(`./${folder}/scenarios.mjs`)
  const taken = Object.fromEntries(Object.keys(scenarios).map((name) => [name, {}]))
  for (let n = 0; n < starts; n++) {
    const workers = []
    try {
      for (const [library, [file, options]] of Object.entries(libraries)) {
        const address = JSON.stringify(addressOf(n * Object.keys(libraries).length + workers.length))
        const child = await start(library, [folder, address, file, JSON.stringify(options)])
        workers.push({ library, child, rounds: options.rounds ?? rounds })
      }
      for (const name of Object.keys(scenarios)) await takeSamples(workers, name, taken[name], n)
    } finally {
      for (const { child } of workers) if (child.connected) child.send("close")
      await Promise.all(workers.map(({ child }) => child.exitCode ?? once(child, "exit")))
    }
  }
  return Object.fromEntries(
    Object.entries(scenarios).map(([name, { documents }]) => [
      name,
      summaries(taken[name], { libraries: Object.keys(libraries), base, documents }),
    ]),
  )
}

async function start(library, parameters) {
  const child = fork(new URL("./worker.mjs", import.meta.url), parameters)
  await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`${library} ended with ${code}`))),
  ])
  return child
}

/** Adds the samples of one start, by library; each has its round, by which it is compared. */
async function takeSamples(workers, scenario, taken, startNumber) {
  process.stderr.write(`${scenario} `)
  for (let n = 0; n < warmUps + rounds; n++) {
    // Turned and turned about, so that no library always follows the same one.
    const present = workers.filter(
      (worker) => n < warmUps + worker.rounds && (n >= warmUps - 1 || worker.rounds >= rounds),
    )
    const shifted = [...present.slice(n % present.length), ...present.slice(0, n % present.length)]
    const round = await inTurn(n % 2 === 0 ? shifted : shifted.toReversed(), {
      scenario,
      warmUp: n < warmUps,
      n: startNumber * (warmUps + rounds) + n,
    })
    const done = round.filter(({ missing }) => !missing)
    if (new Set(done.map(({ dealtWith }) => dealtWith)).size !== 1)
      throw new Error(`${scenario}: they did not do the same: ${JSON.stringify(round)}`)
    for (const { library, ...sample } of n < warmUps ? [] : done) {
      taken[library] ??= new Map()
      taken[library].set(startNumber * rounds + n, sample)
    }
    process.stderr.write(".")
  }
  process.stderr.write("\n")
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

function summaries(taken, { libraries, base, documents }) {
  const told = libraries.filter((library) => taken[library] !== undefined)
  return Object.fromEntries(told.map((library) => [library, summary(taken[library], taken[base], documents)]))
}

/** Ratios are of samples of the same round: over 1 is better than the base. */
function summary(byRound, base, documents) {
  const own = [...byRound.values()]
  const ratios = (of) => [...byRound].map(([round, sample]) => of(base.get(round)) / of(sample))
  const cpu = median(own.map((sample) => sample.cpu))
  return {
    milliseconds: median(own.map(({ milliseconds }) => milliseconds)),
    cpu,
    cpuMicrosecondsADocument: (cpu * 1000) / documents,
    throughputRatio: medianInterval(ratios(({ milliseconds }) => milliseconds)),
    cpuRatio: medianInterval(ratios((sample) => sample.cpu)),
  }
}
