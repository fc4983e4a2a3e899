// What the types cost the compiler, beside papr's on the same text. `node run.mjs` is the gate; `node run.mjs --write` records new figures.
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript"

const here = import.meta.dirname
const recordFile = join(here, "budget.json")
const tolerance = 1.1
/** What is compiled together: the same text against both libraries, and what only ours has. */
const parts = {
  filters: ["filters.ts"],
  shared: ["filters.ts", "writes.ts"],
  all: ["filters.ts", "writes.ts", "ours.ts"],
}

const empty = compile("nosql", ["empty.ts"]).instantiations
const measured = {
  typescript: ts.version,
  nosql: {
    filters: measure("nosql", "filters"),
    shared: measure("nosql", "shared"),
    all: measure("nosql", "all"),
  },
  papr: { filters: measure("papr", "filters"), shared: measure("papr", "shared") },
}
for (const [library, costs] of Object.entries(measured).slice(1))
  for (const [part, cost] of Object.entries(costs)) console.log(line(library, part, cost))

if (process.argv.includes("--write")) {
  const record = (costs) =>
    Object.fromEntries(Object.entries(costs).map(([part, { instantiations }]) => [part, instantiations]))
  const { typescript, nosql, papr } = measured
  const text = JSON.stringify({ typescript, nosql: record(nosql), papr: record(papr) }, null, 2)
  writeFileSync(recordFile, `${text}\n`)
} else {
  const problems = check(JSON.parse(readFileSync(recordFile, "utf8")))
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
}

function check(recorded) {
  const { nosql, papr } = measured
  const problems = []
  for (const [part, cost] of Object.entries(nosql)) {
    const limit = Math.floor(recorded.nosql[part] * tolerance)
    if (!(cost.instantiations <= limit))
      problems.push(
        `${part}: ${cost.instantiations} instantiations are over the limit of ${limit} (recorded: ${recorded.nosql[part]}; run with --write where the cost is worth it)`,
      )
    problems.push(...cost.missed.map((mistake) => `not caught: ${mistake}`), ...cost.errors)
  }
  // The peer must have been really there: without its types nothing is instantiated, and nothing caught.
  problems.push(...papr.shared.errors.map((error) => `papr: ${error}`))
  if (nosql.all.instantiations > papr.shared.instantiations / 2)
    problems.push(
      `${nosql.all.instantiations} instantiations in all are more than half of papr's ${papr.shared.instantiations}`,
    )
  return problems
}

function line(library, part, { instantiations, mistakes, missed }) {
  const what = `${library}, ${part}`.padEnd(16)
  return `${what} ${String(instantiations).padStart(6)} instantiations, ${mistakes - missed.length} of ${mistakes} mistakes caught`
}

/** The instantiations of a part beyond those of an empty file, and which of the marked mistakes pass. */
function measure(library, part) {
  const { instantiations, problems } = compile(library, parts[part])
  const isMissed = ({ code }) => code === 2578 // an expected error that does not come
  const text = parts[part].map((file) => readFileSync(join(here, "fixture", file), "utf8")).join("\n")
  return {
    instantiations: instantiations - empty,
    mistakes: text.match(/@ts-expect-error/g)?.length ?? 0,
    missed: problems.filter(isMissed).map(describe),
    errors: problems.filter((problem) => !isMissed(problem)).map(describe),
  }
}

function compile(library, files) {
  const compilerOptions = {
    target: "ES2023",
    lib: ["ES2024", "ESNext.Disposable"],
    module: "NodeNext",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: ["node"],
    typeRoots: ["../../node_modules/@types"],
    paths: {
      "#users": [`./fixture/users.${library}.ts`],
      "@nosql/contracts": ["../../packages/contracts/dist/index.d.ts"],
    },
  }
  const { options } = ts.parseJsonConfigFileContent({ compilerOptions, files: [] }, ts.sys, here)
  const program = ts.createProgram({ rootNames: files.map((file) => join(here, "fixture", file)), options })
  const problems = ts.getPreEmitDiagnostics(program)
  return { instantiations: program.getInstantiationCount(), problems }
}

function describe({ file, start = 0, messageText }) {
  const text = ts.flattenDiagnosticMessageText(messageText, "\n")
  if (file === undefined) return text
  const row = ts.getLineAndCharacterOfPosition(file, start).line
  const [marked, below] = file.text.split(/\r?\n/).slice(row, row + 2)
  return `${file.fileName.slice(here.length + 1)}:${row + 1} ${text}\n  ${marked}\n  ${below ?? ""}`
}
