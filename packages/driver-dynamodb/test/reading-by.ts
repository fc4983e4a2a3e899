import type { Requests } from "../src/request.ts"

/** Reads that are answered by `send`, in items. */
export function readingBy(send: Requests["send"]): Requests["read"] {
  return async (name, input, call, { collection }) => ({
    output: await send(name, input, call, collection),
    documents: undefined,
  })
}
