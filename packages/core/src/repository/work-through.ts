/** How many things are worked at, at a time. */
const concurrency = 16

/** Works through all, some at a time. After a failure none is begun; those under way end. */
export async function workThrough<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<{
  readonly failures: { readonly item: T; readonly error: unknown }[]
  readonly notTried: readonly T[]
}> {
  const failures: { item: T; error: unknown }[] = []
  const waiting = [...items]
  const worker = async () => {
    while (failures.length === 0) {
      const [item] = waiting.splice(0, 1)
      if (item === undefined) return
      try {
        await work(item)
      } catch (error) {
        failures.push({ item, error })
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker))
  return { failures, notTried: waiting }
}
