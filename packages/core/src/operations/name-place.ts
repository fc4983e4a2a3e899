import { NoSQLError } from "@nosql/contracts"

/** What a call took several of. */
type Part = "operation" | "document"

/** Runs what reads one of several things of a call: its error says which, in the message and as `details.item`. */
export function namingPlace<R>(part: Part, item: number, read: () => R): R {
  try {
    const result = read()
    if (!(result instanceof Promise)) return result
    return result.catch((error: unknown) => {
      throw atPlace(error, part, item)
    }) as R
  } catch (error) {
    throw atPlace(error, part, item)
  }
}

/** The same of each of so many, where nothing waits. */
export function namingPlaces(part: Part, items: number, read: (item: number) => void): void {
  let item = 0
  try {
    for (; item < items; item++) read(item)
  } catch (error) {
    throw atPlace(error, part, item)
  }
}

function atPlace(error: unknown, part: Part, item: number): unknown {
  if (!NoSQLError.isInstance(error)) return error
  const { code, message, operation = "", collection, path, backend, retryable, details, cause } = error
  const rest = message.startsWith(operation) ? message.slice(operation.length) : `: ${message}`
  return new NoSQLError(code, `${operation} (${part} ${item})${rest}`, {
    operation,
    ...(collection === undefined ? {} : { collection }),
    ...(path === undefined ? {} : { path }),
    ...(backend === undefined ? {} : { backend }),
    retryable,
    details: { ...details, item },
    ...(cause === undefined ? {} : { cause }),
  })
}
