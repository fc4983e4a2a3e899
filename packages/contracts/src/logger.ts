import type { OperationReport } from "./operation-report.ts"

/**
 * Where warnings go. `console` fits, and so do the loggers that take fields first: pino, bunyan, Fastify's `app.log`.
 * The message says all by itself; the fields say it again for machines.
 *
 * @example
 * const store = await connect(memory(), { logger: pino() })
 */
export interface Logger {
  warn(fields: OperationReport, message: string): void
}
