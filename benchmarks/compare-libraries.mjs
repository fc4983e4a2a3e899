// The same calls through each library, against one server, one library at a time in turns: what the machine does meanwhile meets all.
import { fork } from "node:child_process"
import { once } from "node:events"
import { median, medianInterval } from "./statistics.mjs"

export const samples = Number(process.env.BENCH_SAMPLES ?? 40)
const warmUps = Math.max(2, Math.round(samples / 5))

/**
 * Compares libraries in the scenarios of a folder. `libraries`: by name the client's file and its options (`rounds`: takes part in so many only, for one that
 * takes minutes); `addressOf`: what the client with a number is opened with; `base`: the library that the others are measured by.
 * A library that has no such call is left out of a scenario.
 */
export async function compareLibraries({ folder, libraries, base, addressOf }) {
  const { scenarios } = await import(`./${folder}/scenarios.mjs`)
  const workers = []
  try {
    for (const [library, [file, options]] of Object.entries(libraries))
      workers.push({
        ...(await start(library, [
          folder,
          JSON.stringify(addressOf(workers.length)),
          file,
          JSON.stringify(options),
        ])),
        rounds: options.rounds ?? samples,
      })
    const results = {}
    for (const [name, { documents }] of Object.entries(scenarios))
      results[name] = await compare(workers, name, { base, documents })
    return results
  } finally {
    for (const { child } of workers) if (child.connected) child.send("close")
    await Promise.all(workers.map(({ child }) => child.exitCode ?? once(child, "exit")))
  }
}

async function start(library, parameters) {
  const child = fork(new URL("./worker.mjs", import.meta.url), parameters, { execArgv: ["--expose-gc"] })
  await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`${library} ended with ${code}`))),
  ])
  return { library, child }
}

async function compare(workers, scenario, { base, documents }) {
  process.stderr.write(`${scenario} `)
  const taken = Object.fromEntries(workers.map(({ library }) => [library, []]))
  for (let n = 0; n < warmUps + samples; n++) {
    // Turned and turned about, so that no library always follows the same one.
    const present = workers.filter(
      ({ rounds }) => n < warmUps + rounds && (n < 2 || n >= warmUps || rounds >= samples),
    )
    const shifted = [...present.slice(n % present.length), ...present.slice(0, n % present.length)]
    const round = await inTurn(n % 2 === 0 ? shifted : shifted.toReversed(), { scenario, n })
    const done = round.filter(({ missing }) => !missing)
    if (new Set(done.map(({ dealtWith }) => dealtWith)).size !== 1)
      throw new Error(`${scenario}: they did not do the same: ${JSON.stringify(round)}`)
    if (n >= warmUps) for (const { library, ...sample } of done) taken[library].push(sample)
    process.stderr.write(".")
  }
  process.stderr.write("\n")
  const told = Object.entries(taken).filter(([, own]) => own.length > 0)
  return Object.fromEntries(told.map(([library, own]) => [library, summary(own, taken[base], documents)]))
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

/** Ratios are of samples of the same round: over 1 is better than the base. */
function summary(own, base, documents) {
  return {
    milliseconds: median(own.map(({ milliseconds }) => milliseconds)),
    cpu: median(own.map(({ cpu }) => cpu)),
    cpuMicrosecondsADocument: (median(own.map(({ cpu }) => cpu)) * 1000) / documents,
    throughputRatio: medianInterval(own.map(({ milliseconds }, i) => base[i].milliseconds / milliseconds)),
    cpuRatio: medianInterval(own.map(({ cpu }, i) => base[i].cpu / cpu)),
  }
}
