/** Full jitter: waits at random up to a bound that doubles (500 ms at most), so that writers who met do not meet again. */
export function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(500, 5 * 2 ** attempt)))
}
