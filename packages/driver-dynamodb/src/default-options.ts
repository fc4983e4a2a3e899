/** What holds where nothing is said. Times are in milliseconds. */
export const defaultOptions = {
  tablePrefix: "",
  maxAttempts: 10,
  connectTimeoutMs: 3000,
  requestTimeoutMs: 30_000,
  maxConnections: 50,
} as const
