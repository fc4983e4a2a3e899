// Runs every example as its reader would: it must end well and print something. A server is told to end once it has said where it listens.
import { spawn } from "node:child_process"
import { readdirSync } from "node:fs"

const timeoutMs = 60_000

for (const name of readdirSync("examples")) {
  const { status, output } = await run(`examples/${name}/src/main.ts`)
  if (status === 0 && output.trim() !== "") continue
  console.error(`example "${name}" failed with exit status ${status}`)
  process.exitCode = 1
}

function run(file) {
  return new Promise((done) => {
    const env = { ...process.env, PORT: "0" }
    const child = spawn(process.execPath, [file], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
      timeout: timeoutMs,
    })
    let output = ""
    child.stdout.on("data", (text) => {
      process.stdout.write(text)
      output += text
      if (/http:\/\/localhost:\d+/.test(output)) child.kill("SIGTERM")
    })
    child.on("close", (status, signal) => done({ status: status ?? signal, output }))
  })
}
