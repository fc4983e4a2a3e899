import { someAtATime } from "../driver/some-at-a-time.ts"
import { mostAtATime } from "../operations/most-at-a-time.ts"

/** Works through all, some at a time. After a failure none is begun; those under way end. */
export async function workThrough<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<{
  readonly failures: { readonly item: T; readonly error: unknown }[]
  readonly notTried: readonly T[]
}> {
  const failures: { item: T; error: unknown }[] = []
  const notTried = await someAtATime(items, mostAtATime, async (item) => {
    try {
      await work(item)
      return undefined
    } catch (error) {
      failures.push({ item, error })
      return "stop"
    }
  })
  return { failures, notTried }
}
