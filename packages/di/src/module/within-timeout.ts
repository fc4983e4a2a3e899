import { NoSQLError } from "@nosql/contracts"

/**
 * What the promise says, or `timeout` after so many milliseconds. What comes later is given to `late`.
 */
export async function withinTimeout<T>(
  promise: Promise<T>,
  timeoutMs: number,
  operation: string,
  late: (value: T) => void = () => {},
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  let over = false
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      over = true
      const message = `${operation}: no answer within ${timeoutMs} ms`
      reject(new NoSQLError("timeout", message, { operation, retryable: true }))
    }, timeoutMs)
  })
  promise.then(
    (value) => {
      if (over) late(value)
    },
    () => {},
  )
  try {
    return await Promise.race([promise, expired])
  } finally {
    clearTimeout(timer)
  }
}
