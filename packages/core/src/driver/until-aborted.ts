/** What runs, or the error of the signal that ends the waiting for it; what runs goes on without the waiter. */
export async function untilAborted<R>(
  running: Promise<R>,
  signal: AbortSignal,
  errorOf: () => unknown,
): Promise<R> {
  let end = () => {}
  const ended = new Promise<never>((_, reject) => {
    end = () => reject(errorOf())
    signal.addEventListener("abort", end, { once: true })
    if (signal.aborted) end()
  })
  try {
    return await Promise.race([running, ended])
  } finally {
    signal.removeEventListener("abort", end)
  }
}
