import { spawn } from "node:child_process"

/** How long a server may take from its start to its first line, the first unpacking of an engine included. */
const startTimeoutMs = 90_000

interface StartOptions {
  /** The command is a script that starts the server as a child: both are stopped. @default false */
  readonly group?: boolean
}

/** Starts a server and waits for the line that tells its address. It is stopped by its process id. */
export function startProcess(
  command: string,
  args: readonly string[],
  pattern: RegExp,
  { group = false }: StartOptions = {},
): Promise<{ match: string; stop: () => Promise<void> }> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], detached: group })
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()))
  const kill = () => {
    if (child.pid === undefined || child.exitCode !== null) return
    if (group) process.kill(-child.pid, "SIGTERM")
    else child.kill("SIGTERM")
  }
  // A group of its own does not end with ours.
  if (group) process.once("exit", kill)
  const stop = async () => {
    kill()
    await ended
    process.off("exit", kill)
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
