import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createServer, type IncomingMessage, request } from "node:http"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"
import type { Job } from "./killed-child.ts"

/** Which request a process does not outlive: the so manieth of a kind. It does not reach the server. */
export interface Death {
  readonly operation: string
  readonly request: number
}

export interface Killed {
  readonly signal: NodeJS.Signals | null
  /** The requests that were answered, by their kinds. */
  readonly answered: readonly string[]
}

/**
 * Does a job in a process of its own and kills it at one of its requests. What was under way by then is done by the server, as it would be
 * by one that is far away; what comes behind is not.
 */
export async function runAndKill(
  endpoint: string,
  job: Omit<Job, "endpoint">,
  death: Death,
): Promise<Killed> {
  const answered: string[] = []
  const underway = new Set<Promise<void>>()
  let seen = 0
  let child: ChildProcess | undefined
  let killed = false
  const proxy = createServer((incoming, outgoing) => {
    const operation = String(incoming.headers["x-amz-target"]).replace(/^.*\./, "")
    if (operation === death.operation) seen += 1
    if (killed || seen >= death.request) {
      killed = true
      child?.kill("SIGKILL")
      return
    }
    const done = forward(endpoint, incoming).then(({ status, headers, body }) => {
      answered.push(operation)
      outgoing.writeHead(status, headers).end(body)
    })
    underway.add(done)
    done.finally(() => underway.delete(done))
  })
  proxy.listen(0, "127.0.0.1")
  await once(proxy, "listening")
  const { port } = proxy.address() as AddressInfo
  const path = fileURLToPath(new URL("./killed-child.ts", import.meta.url))
  const text = JSON.stringify({ ...job, endpoint: `http://127.0.0.1:${port}` })
  child = spawn(
    process.execPath,
    ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", path, text],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  )
  const [, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null]
  await Promise.all(underway)
  proxy.closeAllConnections()
  proxy.close()
  return { signal, answered }
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage["headers"]
  readonly body: Buffer
}

async function forward(endpoint: string, incoming: IncomingMessage): Promise<Answer> {
  const body = await bytesOf(incoming)
  const { method, url = "/", headers } = incoming
  const outgoing = request(new URL(url, endpoint), { method, headers })
  outgoing.end(body)
  const [answer] = (await once(outgoing, "response")) as [IncomingMessage]
  return { status: answer.statusCode ?? 500, headers: answer.headers, body: await bytesOf(answer) }
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
