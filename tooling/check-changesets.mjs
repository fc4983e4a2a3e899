// Every changeset can be read and names packages that exist: a broken one would stop the release.
import { readdirSync, readFileSync } from "node:fs"
import { readChangesets } from "@changesets/read"

const packages = new Set(
  readdirSync("packages").map(
    (name) => JSON.parse(readFileSync(`packages/${name}/package.json`, "utf8")).name,
  ),
)
const changesets = await readChangesets(process.cwd())
const problems = changesets.flatMap(({ id, summary, releases }) => [
  ...(releases.length === 0 ? [`${id}: names no package`] : []),
  ...(summary.trim() === "" ? [`${id}: says nothing`] : []),
  ...releases
    .filter(({ name }) => !packages.has(name))
    .map(({ name }) => `${id}: there is no package ${name}`),
])
for (const problem of problems) console.error(problem)
console.log(`${changesets.length} changesets, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
