import { scenarios as dynamodbScenarios } from "./dynamodb/scenarios.mjs"
import { scenarios as firestoreScenarios } from "./firestore/scenarios.mjs"
import { scenarios as mongodbScenarios } from "./mongodb/scenarios.mjs"

/** The tables of README.md. */
export function report(results) {
  return Object.entries(writers)
    .flatMap(([part, write]) =>
      results[part] === undefined ? [] : [`${write(results[part])}\n\n${foot(results[part])}`],
    )
    .join("\n\n")
}

const writers = { evaluator, mongodb, dynamodb, firestore, stream, size }

function foot({ date, machine, load, node }) {
  return `${date} · ${machine} · load ${load.toFixed(1)} at the start · Node ${node.slice(1)}`
}

function evaluator(results) {
  const { versions } = results
  const rows = Object.entries(results).flatMap(([predicate, { nanoseconds: ns }]) => {
    if (ns === undefined) return []
    const own = ns["@nosql"].median
    const peers = [ns.mingo.median, ns.sift.median]
    return [
      [
        predicate,
        `${(Math.min(...peers) / own).toFixed(1)}×`,
        ...["@nosql", "by hand", "mingo", "sift"].map((name) => spread(ns[name], 0)),
      ],
    ]
  })
  return [
    "### Matching a document in process",
    "",
    "Nanoseconds a document (median of rounds, its 95 % interval); “faster” is against the faster of mingo and sift. No matcher may make code at run time.",
    "",
    table(
      ["predicate", "faster", "@nosql", "by hand", `mingo ${versions.mingo}`, `sift ${versions.sift}`],
      rows,
    ),
  ].join("\n")
}

function mongodb(part) {
  const { versions } = part
  const last = `mongodb ${versions.mongodb} under all, mongoose ${versions.mongoose}, papr ${versions.papr}.`
  return libraries(part, { title: "MongoDB", base: "the bare driver", scenarios: mongodbScenarios, last })
}

function dynamodb(part) {
  const { versions } = part
  const last = `@aws-sdk/client-dynamodb ${versions["@aws-sdk/client-dynamodb"]} under all, lib-dynamodb ${versions["@aws-sdk/lib-dynamodb"]}, dynamodb-toolbox ${versions["dynamodb-toolbox"]}, ElectroDB ${versions.electrodb}, dynamoose ${versions.dynamoose} (8 rounds).`
  return libraries(part, {
    title: "DynamoDB",
    base: "the bare client with a marshaller written by hand",
    scenarios: dynamodbScenarios,
    last,
  })
}

function firestore(part) {
  const { versions } = part
  const last = `@google-cloud/firestore ${versions["@google-cloud/firestore"]} under all, typesaurus ${versions.typesaurus}, fireorm ${versions.fireorm}.`
  return libraries(part, { title: "Firestore", base: "the bare SDK", scenarios: firestoreScenarios, last })
}

/** A cell is empty where a library has no such call. */
function libraries({ results, server, samples, starts }, { title, base, scenarios, last }) {
  const names = Object.keys(scenarios)
  const rows = (cell) =>
    Object.keys(results[names[0]]).map((library) => [
      library,
      ...names.map((name) => (results[name]?.[library] === undefined ? "" : cell(results[name][library]))),
    ])
  const ratios = (which) => rows((result) => spread(result[which], 2))
  return [
    `### ${title}`,
    "",
    `Throughput as a ratio to ${base} in the same round: median of ${samples} rounds, over ${starts} starts of every client, and its 95 % interval; over 1 is better.`,
    "",
    table(["throughput", ...names], ratios("throughputRatio")),
    "",
    "Client CPU likewise (user and system time of the client's process, garbage collection included):",
    "",
    table(["client CPU", ...names], ratios("cpuRatio")),
    "",
    "Milliseconds a call (medians), and microseconds of client CPU a document:",
    "",
    table(
      ["ms, µs CPU", ...names],
      rows(
        ({ milliseconds, cpuMicrosecondsADocument }) =>
          `${milliseconds.toFixed(2)}, ${cpuMicrosecondsADocument.toFixed(0)}`,
      ),
    ),
    "",
    `Server: ${server}. ${last}`,
  ].join("\n")
}

function stream({ documents, seconds, peakMiB, keptMiB }) {
  return [
    "### A stream",
    "",
    table(
      ["documents", "heap growth, garbage included", "heap growth after a collection", "seconds"],
      [
        [
          documents.toLocaleString("en"),
          `${peakMiB.toFixed(0)} MiB`,
          `${keptMiB.toFixed(1)} MiB`,
          seconds.toFixed(0),
        ],
      ],
    ),
  ].join("\n")
}

function size({ importMilliseconds, bundleBytes }) {
  return [
    "### Import and bundle",
    "",
    table(
      ["first import in a fresh process", "ms"],
      Object.entries(importMilliseconds).map(([name, interval]) => [name, spread(interval, 0)]),
    ),
    "",
    table(
      ["bundle", "minified", "gzipped"],
      Object.entries(bundleBytes).map(([name, { minified, gzipped }]) => [
        name,
        kilobytes(minified),
        kilobytes(gzipped),
      ]),
    ),
  ].join("\n")
}

function spread({ median, low, high }, digits) {
  return `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`
  return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n")
}
