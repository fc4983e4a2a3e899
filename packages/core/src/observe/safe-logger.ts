import type { Logger } from "@nosql/contracts"
import { consoleLogger } from "./console-logger.ts"

/** A logger whose failure is no failure of the operation that it was told of: the message goes to the console instead. */
export function safeLogger(logger: Logger): Logger {
  return {
    warn(fields, message) {
      try {
        logger.warn(fields, message)
      } catch {
        consoleLogger.warn(fields, message)
      }
    },
  }
}
