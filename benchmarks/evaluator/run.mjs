// Nanoseconds a document for each predicate and each matcher, in rounds that turn their order, so that a slow minute of the machine meets all.
// Run with --disallow-code-generation-from-strings: nobody here may make code at run time.
import { parseFilter } from "@nosql/core"
import { compileFilter, fold } from "@nosql/core/driver"
import { Query } from "mingo"
import sift from "sift"
import { Bench } from "tinybench"
import { makeDocuments } from "../documents.mjs"
import { medianInterval } from "../statistics.mjs"
import { predicates } from "./predicates.mjs"

const rounds = Number(process.env.BENCH_ROUNDS ?? 15)
const documents = makeDocuments(1000)

const matchers = {
  "by hand": (_, byHand) => byHand,
  "@nosql": (filter) => compileFilter(fold(nodeOf(filter))),
  mingo: (filter) => {
    const query = new Query(filter)
    return (document) => query.test(document)
  },
  sift: (filter) => sift(filter),
}

const results = {}
for (const [name, { filter, byHand }] of Object.entries(predicates)) {
  const tasks = Object.entries(matchers).map(([matcher, compile]) => {
    const holds = compile(filter, byHand)
    return { matcher, holds, count: count(holds), times: [] }
  })
  const counts = new Set(tasks.map((task) => task.count))
  if (counts.size !== 1) throw new Error(`${name}: they disagree: ${[...counts]}`)
  for (let round = 0; round < rounds; round++) {
    const bench = new Bench({ time: 60, warmupTime: round === 0 ? 300 : 20 })
    for (const { matcher, holds } of round % 2 === 0 ? tasks : tasks.toReversed()) {
      bench.add(matcher, () => count(holds))
    }
    await bench.run()
    for (const { matcher, times } of tasks) {
      const { result } = bench.getTask(matcher)
      if (result.state !== "completed") throw result.error ?? new Error(`${matcher}: ${result.state}`)
      times.push((result.latency.p50 * 1e6) / documents.length)
    }
  }
  results[name] = {
    matched: tasks[0].count,
    nanoseconds: Object.fromEntries(tasks.map(({ matcher, times }) => [matcher, medianInterval(times)])),
  }
}
console.log(JSON.stringify(results))

/** One loop for all: its call meets many predicates, as that of a server does. */
function count(holds) {
  let n = 0
  for (const document of documents) if (holds(document)) n++
  return n
}

/** The tree that a collection would run: read from the filter object, as `find` does. */
function nodeOf(filter) {
  const operators = ["$gte", "$gt", "$lt", "$in", "$or", "$regex", "$elemMatch", "$exists", "$ne"]
  const paths = ["status", "age", "address.city", "address.geo.latitude", "name", "items", "items.sku"]
  const more = ["items.quantity", "createdAt", "deletedAt", "role"]
  return parseFilter(filter, { operators, paths: [...paths, ...more] })[
    Symbol.for("@nosql/core/ParsedFilter")
  ]
}
