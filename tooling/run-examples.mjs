// Runs every example as its reader would: it must end well and print something.
import { spawnSync } from "node:child_process"
import { readdirSync } from "node:fs"

for (const name of readdirSync("examples")) {
  const run = spawnSync(process.execPath, [`examples/${name}/src/main.ts`], { encoding: "utf8" })
  process.stdout.write(run.stdout)
  process.stderr.write(run.stderr)
  if (run.status !== 0 || run.stdout.trim() === "") {
    console.error(`example "${name}" failed with exit status ${run.status}`)
    process.exitCode = 1
  }
}
