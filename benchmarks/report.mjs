import { scenarios as firestoreScenarios } from "./firestore/scenarios.mjs"
import { scenarios } from "./mongodb/scenarios.mjs"

/** The tables of README.md. */
export function report(results) {
  return Object.entries(writers)
    .flatMap(([part, write]) =>
      results[part] === undefined ? [] : [`${write(results[part])}\n\n${foot(results[part])}`],
    )
    .join("\n\n")
}

const writers = { evaluator, mongodb, firestore, stream, size }

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

function mongodb({ results, server, samples, versions }) {
  const libraries = Object.keys(Object.values(results)[0])
  const ratios = (which) =>
    libraries.map((library) => [
      library,
      ...Object.keys(scenarios).map((name) => spread(results[name][library][which], 2)),
    ])
  const times = libraries.map((library) => [
    library,
    ...Object.keys(scenarios).map((name) => {
      const { milliseconds, cpu } = results[name][library]
      return `${milliseconds.toFixed(2)} / ${cpu.toFixed(2)}`
    }),
  ])
  return [
    "### MongoDB",
    "",
    `Throughput as a ratio to the bare driver's in the same round: median of ${samples} rounds and its 95 % interval; over 1 is better.`,
    "",
    table(["throughput", ...Object.keys(scenarios)], ratios("throughputRatio")),
    "",
    "Client CPU likewise (user and system time of the client's process, garbage collection included):",
    "",
    table(["client CPU", ...Object.keys(scenarios)], ratios("cpuRatio")),
    "",
    "Milliseconds a call, elapsed / client CPU (medians):",
    "",
    table(["ms", ...Object.keys(scenarios)], times),
    "",
    `Server: ${server}. mongodb ${versions.mongodb} under all, mongoose ${versions.mongoose}, papr ${versions.papr}.`,
  ].join("\n")
}

function firestore({ results, server, samples, versions }) {
  const names = Object.keys(firestoreScenarios)
  const libraries = Object.keys(Object.values(results)[0])
  const rows = (cell) =>
    libraries.map((library) => [
      library,
      ...names.map((name) => (results[name][library] === undefined ? "" : cell(results[name][library]))),
    ])
  const ratios = (which) => rows((result) => spread(result[which], 2))
  return [
    "### Firestore",
    "",
    `Throughput as a ratio to the bare SDK's in the same round: median of ${samples} rounds and its 95 % interval; over 1 is better.`,
    "",
    table(["throughput", ...names], ratios("throughputRatio")),
    "",
    "Client CPU likewise:",
    "",
    table(["client CPU", ...names], ratios("cpuRatio")),
    "",
    "Microseconds of client CPU a document (medians):",
    "",
    table(
      ["µs", ...names],
      rows(({ cpuMicrosecondsADocument }) => cpuMicrosecondsADocument.toFixed(0)),
    ),
    "",
    "Milliseconds a call (medians):",
    "",
    table(
      ["ms", ...names],
      rows(({ milliseconds }) => milliseconds.toFixed(2)),
    ),
    "",
    `Server: ${server}. @google-cloud/firestore ${versions["@google-cloud/firestore"]} under all, typesaurus ${versions.typesaurus}, fireorm ${versions.fireorm}.`,
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
