/**
 * Works through things in their order, `limit` of them at a time, and resolves to those that were not begun: once `work` answers `"stop"`, or throws, none is begun any more,
 * and those under way end first.
 *
 * @example
 * ```ts
 * const notTried = await someAtATime(batches, 8, async (batch) => ((await send(batch)) ? undefined : "stop"))
 * ```
 */
export async function someAtATime<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<"stop" | undefined>,
): Promise<readonly T[]> {
  let next = 0
  let stopped = false
  const worker = async () => {
    while (!stopped && next < items.length) {
      try {
        if ((await work(items[next++] as T)) === "stop") stopped = true
      } catch (error) {
        stopped = true
        throw error
      }
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker))
  const failed = workers.find((result) => result.status === "rejected")
  if (failed !== undefined) throw failed.reason
  return items.slice(next)
}
