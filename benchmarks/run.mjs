// Everything, or the parts that are named: node run.mjs evaluator mongodb dynamodb firestore stream size. Writes results.json and the table in README.md.
import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import os from "node:os"
import { report } from "./report.mjs"

const parts = {
  evaluator: ["--disallow-code-generation-from-strings"],
  mongodb: [],
  dynamodb: [],
  firestore: [],
  // Less than Node takes by itself: else garbage is left lying until there is much of it, and the heap tells nothing of the stream.
  stream: ["--expose-gc", "--max-old-space-size=64"],
  size: [],
}

process.chdir(import.meta.dirname)
const named = process.argv.slice(2)
const results = readResults()
for (const part of named.length === 0 ? Object.keys(parts) : named) {
  if (!(part in parts))
    throw new Error(`no part is called ${part}; there are: ${Object.keys(parts).join(", ")}`)
  console.error(`\n${part}`)
  results[part] = { ...circumstances(), ...runPart(part) }
}
writeFileSync("results.json", `${JSON.stringify(results, null, 2)}\n`)
const text = report(results)
const readme = readFileSync("README.md", "utf8")
const [before, after] = [readme.split("<!-- results -->")[0], readme.split("<!-- end of results -->")[1]]
writeFileSync("README.md", `${before}<!-- results -->\n\n${text}\n<!-- end of results -->${after}`)
spawnSync("../node_modules/.bin/biome", ["format", "--write", "README.md", "results.json"])
console.log(text)

function readResults() {
  try {
    return JSON.parse(readFileSync("results.json", "utf8"))
  } catch (error) {
    if (error.code === "ENOENT") return {}
    throw error
  }
}

function runPart(part) {
  const { status, stdout, error } = spawnSync(process.execPath, [...parts[part], `${part}/run.mjs`], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 26,
  })
  if (status !== 0) throw new Error(`${part} failed: ${status ?? error?.message}`)
  return JSON.parse(stdout.trim().split("\n").at(-1))
}

function circumstances() {
  const { devDependencies: versions } = JSON.parse(readFileSync("package.json", "utf8"))
  const [cpu] = os.cpus()
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpu.model.trim()}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.arch()}`,
    load: os.loadavg()[0],
    node: process.version,
    versions,
  }
}
