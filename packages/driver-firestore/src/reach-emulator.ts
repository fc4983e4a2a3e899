import { connect } from "node:net"
import { NoSQLError } from "@nosql/contracts"

const timeoutMs = 3000

/** Throws where nothing listens at an emulator's address: the SDK would try for a minute, and not say where. */
export async function reachEmulator(address: string): Promise<void> {
  const { hostname, port } = new URL(`http://${address}`)
  const failed = await new Promise<Error | undefined>((resolve) => {
    const socket = connect(Number(port), hostname.replace(/^\[|\]$/g, ""))
    const end = (error?: Error) => {
      socket.destroy()
      resolve(error)
    }
    socket.setTimeout(timeoutMs, () => end(new Error("no answer in time")))
    socket.once("connect", () => end())
    socket.once("error", end)
  })
  if (failed === undefined) return
  throw new NoSQLError(
    "unavailable",
    `connect: no emulator answers at ${address}; start it, or unset emulatorHost`,
    {
      operation: "connect",
      backend: "firestore",
      retryable: true,
      cause: failed,
    },
  )
}
