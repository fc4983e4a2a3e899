import type { Firestore } from "@google-cloud/firestore"
import { emulatorClient } from "./emulator-client.ts"

/** A client of which every request is seen, and can be made to fail. */
export interface WatchedClient {
  readonly client: Firestore
  /** The methods called, in order: `commit`, `runQuery`, `batchGetDocuments` … */
  readonly requests: string[]
  /** With which codes the SDK was told to repeat a commit by itself. */
  readonly retryCodes: unknown[]
  /** The next requests of a method fail: before they are sent, or when they are done and only the answer is lost. */
  fail(method: string, code: number, options?: { readonly times?: number; readonly done?: boolean }): void
  /** No request fails any more. */
  heal(): void
}

interface Fault {
  readonly method: string
  readonly code: number
  readonly done: boolean
  times: number
}

type Request = (method: string, ...rest: unknown[]) => Promise<unknown>

export function watchedClient(projectId: string, emulatorHost: string): WatchedClient {
  const client = emulatorClient(projectId, emulatorHost)
  const requests: string[] = []
  const retryCodes: unknown[] = []
  const faults: Fault[] = []
  const own = client as unknown as { request: Request; requestStream: Request }
  for (const way of ["request", "requestStream"] as const) {
    const send = own[way].bind(client)
    own[way] = async (method, ...rest) => {
      requests.push(method)
      if (method === "commit") retryCodes.push(rest[2])
      const fault = faults.find((candidate) => candidate.method === method && candidate.times > 0)
      if (fault === undefined) return send(method, ...rest)
      fault.times--
      if (fault.done) await send(method, ...rest)
      throw Object.assign(new Error(`${fault.code} injected, with a secret`), { code: fault.code })
    }
  }
  return {
    client,
    requests,
    retryCodes,
    fail: (method, code, { times = 1, done = false } = {}) => faults.push({ method, code, done, times }),
    heal: () => {
      faults.length = 0
    },
  }
}
