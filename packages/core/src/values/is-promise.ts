/** Whether a value is a promise that somebody forgot to await. */
export function isPromise(value: unknown): boolean {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === "function"
}

export const awaitFirst = "this is a promise; await it first"
