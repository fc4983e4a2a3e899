import { connect } from "node:net"

/** Whether something answers at a socket path or a `tcp://host:port`: a client that is installed is no engine that runs. */
export function connectsTo(address: string): Promise<boolean> {
  const url = address.startsWith("tcp://") ? new URL(address) : undefined
  return new Promise((resolve) => {
    const socket = url === undefined ? connect(address) : connect(Number(url.port), url.hostname)
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(2000, () => end(false))
    socket.once("connect", () => end(true))
    socket.once("error", () => end(false))
  })
}
