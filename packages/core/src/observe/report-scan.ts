import type { Logger, OperationReport } from "@nosql/contracts"
import { diagnosticsChannel } from "./node-modules.ts"

const channel = diagnosticsChannel?.channel("nosql:scan")

/** Tells the logger and the channel `nosql:scan` of a read of a whole collection, and what would mend it. */
export function reportScan(report: OperationReport, message: string, logger: Logger): void {
  logger.warn(report, message)
  if (channel?.hasSubscribers) channel.publish(report)
}
