import { spawn } from "node:child_process"

/** How long a server may take from its start to its first line, the first unpacking of an engine included. */
const startTimeoutMs = 90_000

/** Starts a server and waits for the line that tells its address. It is stopped by its process id. */
export function startProcess(
  command: string,
  args: readonly string[],
  pattern: RegExp,
): Promise<{ match: string; stop: () => Promise<void> }> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] })
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()))
  const stop = async () => {
    child.kill("SIGTERM")
    await ended
  }
  return new Promise((resolve, reject) => {
    let output = ""
    const timer = setTimeout(
      () => void stop().then(() => reject(failure("did not start in time"))),
      startTimeoutMs,
    )
    const failure = (what: string) => new Error(`${command} ${what}: ${output.slice(-2000)}`)
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const match = pattern.exec(output)?.[1]
      if (match === undefined) return
      clearTimeout(timer)
      resolve({ match, stop })
    }
    child.stdout.on("data", read)
    child.stderr.on("data", read)
    child.once("error", (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.once("exit", (code) => {
      clearTimeout(timer)
      reject(failure(`ended with ${code}`))
    })
  })
}
